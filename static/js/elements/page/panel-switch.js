// Opens and closes the panel where there is no room for it beside the page.
export function startPanelSwitch() {
  for (const button of document.querySelectorAll(".panel-switch")) {
    const panel = document.getElementById(button.getAttribute("aria-controls"));
    button.addEventListener("click", () => toggle(panel, button));
    if (location.hash === "#panel" && panel) toggle(panel, button);
    panel?.addEventListener("keydown", ({ key }) => key === "Escape" && panel.hasAttribute("data-open") && toggle(panel, button));
  }
}

function toggle(panel, button) {
  const isOpen = panel.toggleAttribute("data-open");
  button.setAttribute("aria-expanded", isOpen);
  if (!isOpen) return button.focus();
  panel.tabIndex = -1;
  panel.focus();
}
