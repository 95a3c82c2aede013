// The cards of a list that no filter hides, and the place below them.
export function shownIn(list) {
  return [...list.children].filter((li) => !li.hidden);
}

// What comes right below the last one shown, hidden itself, or null; `li` is on its way and does not count.
export function belowShown(list, li) {
  const last = shownIn(list).filter((other) => other !== li).at(-1);
  const next = last?.nextElementSibling ?? null;
  return next === li ? (next?.nextElementSibling ?? null) : next;
}
