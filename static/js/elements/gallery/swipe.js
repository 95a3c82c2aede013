// A finger drawn across: `swiped(1)` to the next, `swiped(-1)` to the one before.
import { isRightToLeft } from "elements/common/sideways.js";

const FAR_ENOUGH_PX = 50;

export function onSwipe(element, swiped) {
  let start = null; // x
  element.addEventListener("pointerdown", ({ pointerType, isPrimary, clientX }) => (start = pointerType === "touch" && isPrimary ? clientX : null));
  element.addEventListener("pointercancel", () => (start = null));
  element.addEventListener("pointerup", ({ clientX }) => {
    if (start === null) return;
    const way = clientX - start;
    start = null;
    if (Math.abs(way) >= FAR_ENOUGH_PX) swiped(way < 0 === !isRightToLeft(element) ? 1 : -1);
  });
}
