// Who passes by: who is at which card, or holds which, as far as we have been told. It ends by itself, for when the word of
// its end is lost.
//
//   event "change" (detail: the id of the card)

import { browserClock } from "live/clock.js";

export const VISITS_LAST_MS = 110_000; // the server ends it too, somewhat before
export const HOLDS_LAST_MS = 5_500;

export class Passing extends EventTarget {
  #myId;
  #lastsMs;
  #clock;
  #cards = new Map(); // id -> {people, timer}

  constructor({ myId, lastsMs, clock = browserClock }) {
    super();
    this.#myId = myId;
    this.#lastsMs = lastsMs;
    this.#clock = clock;
  }

  get cards() {
    return [...this.#cards.keys()];
  }

  // The others, as the frame has them.
  at(id) {
    return this.#cards.get(Number(id))?.people ?? [];
  }

  hear({ task_id: id, people }) {
    const others = people.filter(({ user_id }) => user_id !== this.#myId);
    this.#clock.clearTimeout(this.#cards.get(id)?.timer);
    const had = this.#cards.delete(id);
    if (others.length > 0) this.#cards.set(id, { people: others, timer: this.#clock.setTimeout(() => this.hear({ task_id: id, people: [] }), this.#lastsMs) });
    if (had || others.length > 0) this.dispatchEvent(new CustomEvent("change", { detail: id }));
  }

  // With the line goes what we knew by it.
  forget() {
    for (const id of this.cards) this.hear({ task_id: id, people: [] });
  }
}
