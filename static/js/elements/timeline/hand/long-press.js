// Under a thumb there is no bar of what can be done with a message, but a long press.

const LONG_PRESS_MS = 450;
const STILL_PX = 10; // a finger that rests moves as far as this

// `press(row, finger)`: by the pointer of that id.
export function onLongPress(list, press) {
  let timer = null;
  let [x, y] = [0, 0];
  const stop = () => clearTimeout(timer);
  list.addEventListener("pointerdown", ({ target, pointerType, pointerId, clientX, clientY }) => {
    const row = rowPressed(target);
    stop();
    [x, y] = [clientX, clientY];
    if (pointerType === "touch" && row) timer = setTimeout(press, LONG_PRESS_MS, row, pointerId);
  });
  for (const end of ["pointerup", "pointercancel"]) list.addEventListener(end, stop);
  list.addEventListener("pointermove", ({ clientX, clientY }) => Math.hypot(clientX - x, clientY - y) > STILL_PX && stop());
  list.addEventListener("contextmenu", (event) => event.pointerType === "touch" && rowPressed(event.target) && event.preventDefault());
}

// What the browser itself has a menu for is left to it: links in what is said, and text that is being written. Not the link of the
// message itself: what is pressed near it is taken for it, and our menu copies it too.
function rowPressed(target) {
  const row = target.closest(".message");
  return row?.message?.id && !target.closest("a:not(.message-link), button:not(.reaction), textarea") ? row : null;
}
