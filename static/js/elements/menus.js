// Menus that are <details data-menu>: Escape closes them, and so does going elsewhere.
export function foldMenus(root, { signal } = {}) {
  const goneTo = ({ target }) => closeMenus(root, target.closest?.("[data-menu]"));
  root.addEventListener("keydown", (event) => event.key === "Escape" && closeMenus(root), { signal });
  root.addEventListener("pointerdown", goneTo, { signal });
  root.addEventListener("focusin", goneTo, { signal });
}

export function closeMenus(root, except = null) {
  for (const menu of root.querySelectorAll("[data-menu][open]")) {
    if (menu === except) continue;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}
