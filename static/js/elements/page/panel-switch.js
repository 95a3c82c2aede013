// Opens and closes the panel where there is no room for it beside the page.
let watcher = null; // of the panel that is open, where the browser has such a thing: a phone's way back closes it

export function startPanelSwitch({ signal }) {
  for (const button of document.querySelectorAll(".panel-switch")) {
    const panel = document.getElementById(button.getAttribute("aria-controls"));
    button.addEventListener("click", () => toggle(panel, button));
    if (location.hash === "#panel" && panel) toggle(panel, button);
    if (panel) listenToKeys(panel, button);
  }
  signal.addEventListener("abort", () => watcher?.destroy());
}

// Escape closes it, when nothing in it takes that; and so does going on to what lies below it.
function listenToKeys(panel, button) {
  const isFree = ({ key, isComposing, defaultPrevented }) => key === "Escape" && !isComposing && !defaultPrevented;
  panel.addEventListener("keydown", (event) => isFree(event) && panel.hasAttribute("data-open") && toggle(panel, button));
  const main = document.querySelector(".app > .main");
  main.addEventListener("focusin", ({ target }) => target !== main && isBelow(panel, target) && show(panel, button, false));
}

function toggle(panel, button) {
  const isOpen = !panel.hasAttribute("data-open");
  show(panel, button, isOpen);
  if (!isOpen) return button.focus();
  panel.tabIndex = -1;
  panel.focus();
}

function show(panel, button, isOpen) {
  watcher?.destroy();
  watcher = isOpen ? watched(() => panel.hasAttribute("data-open") && toggle(panel, button)) : null;
  panel.toggleAttribute("data-open", isOpen);
  button.setAttribute("aria-expanded", isOpen);
}

function isBelow(panel, element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return panel.hasAttribute("data-open") && panel.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}

function watched(close) {
  return globalThis.CloseWatcher ? Object.assign(new CloseWatcher(), { onclose: close }) : null;
}
