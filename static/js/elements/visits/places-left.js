// The places one has left, for coming back to by the back button: how far a page was scrolled, and what was read there, or
// which card was in hand.
//
// They are kept under the key of the history's entry, for when "popstate" is heard the entry is another one already.
import { cardInFocus, focusCard, scrollAgain, scrollsIn } from "elements/board/board-place.js";

let last = 0;

// A name for an entry of the history, and the address it was entered from.
export function newEntry(from = null) {
  return { key: `${Date.now()}-${(last += 1)}`, from };
}

export class PlacesLeft {
  #places = new Map();

  leave(key) {
    const main = document.querySelector(".app > .main");
    const seen = document.querySelector("chat-timeline")?.place ?? null;
    this.#places.set(key, { scrolled: main.scrollTop, onBoard: scrollsIn(main), card: cardInFocus(), seen });
  }

  // {scrolled, onBoard: see elements/board/board-place.js, card: an id or nothing, seen: as elements/timeline/ways/places-kept.js has
  // it}, or nothing.
  of(key) {
    return this.#places.get(key);
  }
}

// What is shown is such a place again.
export function comeBackTo({ scrolled, onBoard, card }, main) {
  main.scrollTop = scrolled;
  scrollAgain(main, onBoard);
  focusCard(card);
}
