// The cards of a list that no filter hides, the place below them, and what goes from among them.
import { keepFocus } from "elements/common/focus.js";

export function shownIn(list) {
  return [...list.children].filter((li) => !li.hidden);
}

// What comes right below the last one shown, hidden itself, or null; `li` is on its way and does not count.
export function belowShown(list, li) {
  const last = shownIn(list).filter((other) => other !== li).at(-1);
  const next = last?.nextElementSibling ?? null;
  return next === li ? (next?.nextElementSibling ?? null) : next;
}

// A card, if it is there. Whoever stands on it goes on with its neighbour, or where the next one is written.
export function takeAway(li) {
  if (!li) return;
  const shown = shownIn(li.parentElement);
  const at = shown.indexOf(li);
  const form = li.closest("[data-column]").querySelector("[data-new-card]");
  keepFocus(() => li.remove(), () => (shown[at + 1] ?? shown[at - 1])?.querySelector("[data-title]") ?? form?.elements.title);
}
