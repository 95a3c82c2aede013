// A menu that is opened beside what asked for it, walked by keys, and gone once something is chosen.
import { isRightToLeft, sideways } from "elements/common/sideways.js";

const GAP_PX = 4;

// `menu`: an element whose buttons are its items. Named `label`, and shown within a landmark, as all else is.
export function showMenu(menu, label) {
  menu.popover = "auto";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", label);
  (document.querySelector("main") ?? document.body).append(menu);
  menu.showPopover();
}

export function placeBeside(menu, opener) {
  const { top, bottom, left, right } = opener.getBoundingClientRect();
  const { height, width } = menu.getBoundingClientRect();
  const below = bottom + GAP_PX + height < innerHeight ? bottom + GAP_PX : Math.max(GAP_PX, top - height - GAP_PX);
  menu.style.top = `${Math.min(below, Math.max(GAP_PX, innerHeight - height - GAP_PX))}px`;
  menu.style.left = `${Math.max(GAP_PX, Math.min(isRightToLeft(menu) ? left : right - width, innerWidth - width - GAP_PX))}px`;
}

// Resolves to what `chosen(button)` makes of the button pressed, or to null. `finger`: id of a pointer whose lifting presses
// nothing, for the menu came under it.
export function chosenIn(menu, opener, chosen, finger) {
  menu.querySelector("[role=menuitem]").focus();
  return new Promise((resolve) => {
    let answer = null;
    menu.addEventListener("keydown", (event) => walk(event, menu));
    menu.addEventListener("click", ({ target, pointerId }) => {
      const button = target.closest("button");
      if (!button || pointerId === finger) return;
      answer = chosen(button);
      menu.hidePopover();
    });
    menu.addEventListener("toggle", ({ newState }) => {
      if (newState !== "closed") return;
      menu.remove();
      opener.focus?.();
      resolve(answer);
    });
  });
}

function walk(event, menu) {
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: -1 }[sideways(event.key, menu)];
  event.stopPropagation();
  if (event.key === "Tab") (event.preventDefault(), menu.hidePopover());
  if (next === undefined) return;
  event.preventDefault();
  (items.at(next % items.length) ?? items[0]).focus();
}
