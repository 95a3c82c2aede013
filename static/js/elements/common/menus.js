// Menus that are <details data-menu>: Escape closes them, and so does going elsewhere.
export function foldMenus(root, { signal } = {}) {
  const goneTo = ({ target }) => closeMenus(root, target.closest?.("[data-menu]"));
  const pressed = (event) => event.key === "Escape" && !event.isComposing && closeMenus(root) && event.preventDefault();
  root.addEventListener("keydown", pressed, { signal });
  root.addEventListener("pointerdown", goneTo, { signal });
  root.addEventListener("focusin", goneTo, { signal });
}

// Whether there was one to close.
export function closeMenus(root, except = null) {
  const open = [...root.querySelectorAll("[data-menu][open]")].filter((menu) => menu !== except);
  for (const menu of open) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
  return open.length > 0;
}
