// Opens and closes the panel where there is no room for it beside the page.
export function startPanelSwitch() {
  for (const button of document.querySelectorAll(".panel-switch")) {
    const panel = document.getElementById(button.getAttribute("aria-controls"));
    button.addEventListener("click", () => toggle(panel, button));
    if (location.hash === "#panel" && panel) toggle(panel, button);
    if (panel) listenToKeys(panel, button);
  }
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
  panel.toggleAttribute("data-open", isOpen);
  button.setAttribute("aria-expanded", isOpen);
}

function isBelow(panel, element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return panel.hasAttribute("data-open") && panel.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}
