// The places one has left, for coming back to by the back button: how far a page was scrolled, and what was read there.
//
// They are kept under the key of the history's entry, for when "popstate" is heard the entry is another one already.
let last = 0;

// A name for an entry of the history, and the address it was entered from.
export function newEntry(from = null) {
  return { key: `${Date.now()}-${(last += 1)}`, from };
}

export class PlacesLeft {
  #places = new Map();

  leave(key) {
    const scrolled = document.querySelector(".app > .main").scrollTop;
    this.#places.set(key, { scrolled, seen: document.querySelector("chat-timeline")?.place ?? null });
  }

  // {scrolled, seen: as elements/timeline/places-kept.js has it}, or nothing.
  of(key) {
    return this.#places.get(key);
  }
}
