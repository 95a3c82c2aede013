// A long message is folded until somebody wants all of it.
import { gettext } from "language/gettext.js";

const MOST_LINES = 40; // as messaging/templatetags/messaging.py has it
const LINE = 90; // characters

export function isLong(text) {
  return text.split("\n").reduce((lines, line) => lines + Math.max(1, Math.ceil([...line].length / LINE)), 0) > MOST_LINES;
}

export function fold(row, isOpen = false) {
  row.toggleAttribute("data-open", isOpen);
  const button = row.querySelector(".message-more");
  if (!button) return;
  button.setAttribute("aria-expanded", isOpen);
  button.textContent = isOpen ? gettext("Show less") : gettext("Show more");
}

// By its button, or by the focus that goes to what is hidden in it.
export function foldOnDemand(list) {
  list.addEventListener("click", ({ target }) => {
    const button = target.closest(".message-more");
    const row = button?.closest(".message");
    if (!row) return;
    fold(row, !row.hasAttribute("data-open"));
    if (!row.hasAttribute("data-open")) row.scrollIntoView({ block: "nearest" });
  });
  list.addEventListener("focusin", ({ target }) => {
    const row = target.closest(".message[data-long]:not([data-open])");
    if (row?.querySelector(".message-body").contains(target)) fold(row, true);
  });
}
