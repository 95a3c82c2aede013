// Who is at which card, or drags which, as far as we have been told. It expires, in case the frame that ends it is lost.
//
//   event "change" (detail: the id of the card)

import { browserClock } from "live/clock.js";

export const VISITS_LAST_MS = 110_000; // the server tells of the end somewhat before
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

  // The other people at this card, as in the frame.
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

  // The line has closed, so we know of nobody any more.
  forget() {
    for (const id of this.cards) this.hear({ task_id: id, people: [] });
  }
}
