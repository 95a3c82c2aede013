// Where somebody is on a board: how far its columns are scrolled, and the cards in each.
const CONTROLS = ["title", "rename", "archive", "move"]; // of a card: data-title and so on
const SCROLLERS = "[data-columns], [data-cards]";

// [{column: its id, or null for the columns themselves, left, top}] of a part of the page.
export function scrollsIn(root) {
  return scrollersIn(root).map((scroller) => ({ column: columnOf(scroller), left: scroller.scrollLeft, top: scroller.scrollTop }));
}

export function scrollAgain(root, scrolls) {
  for (const scroller of scrollersIn(root)) {
    const { left = 0, top = 0 } = scrolls.find(({ column }) => column === columnOf(scroller)) ?? {};
    scroller.scrollTo({ left, top, behavior: "instant" });
  }
}

// The id of the card that has the focus, or nothing.
export function cardInFocus() {
  return document.activeElement?.closest("[data-columns] .card")?.dataset.task;
}

export function focusCard(id) {
  if (id) document.querySelector(`[data-columns] .card[data-task="${id}"] [data-title]`)?.focus({ preventScroll: true });
}

// {card: its id, name} of that control of a card which has the focus, or nothing.
export function controlInFocus() {
  const name = CONTROLS.find((one) => one in document.activeElement.dataset);
  return name && { card: cardInFocus(), name };
}

export function controlOf({ card, name } = {}) {
  return document.querySelector(`[data-columns] .card[data-task="${card}"] [data-${name}]`);
}

function scrollersIn(root) {
  return [...root.querySelectorAll(SCROLLERS)];
}

function columnOf(scroller) {
  return scroller.closest("[data-column]")?.dataset.column ?? null;
}
