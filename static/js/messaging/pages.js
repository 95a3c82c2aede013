// Loads pages of a conversation's history into its timeline, while new changes keep coming.

import { waitAgain } from "live/backoff.js";
import { browserClock } from "live/clock.js";

const SIGNED_OUT_OR_AWAY = new Set([401, 403, 404]);

export class Pages {
  #history;
  #timeline;
  #apply;
  #clock;
  #random;
  #signal;
  #missed = new Set(); // for each page being loaded, a list of the changes that came meanwhile
  #reloading = null; // a promise

  // `apply(frame)` makes a change in the timeline. `signal`: give up.
  constructor({ history, timeline, apply, clock = browserClock, random = Math.random, signal }) {
    this.#history = history;
    this.#timeline = timeline;
    this.#apply = apply;
    this.#clock = clock;
    this.#random = random;
    this.#signal = signal;
  }

  get isReloading() {
    return this.#reloading !== null;
  }

  // A change came. A page that is being loaded may lack it, and gets it then.
  note(frame) {
    for (const missed of this.#missed) missed.push(frame);
  }

  add(place) {
    return this.#read(place, (page) => this.#timeline.add(page));
  }

  // Replaces all by the newest page. Tries until it succeeds, once for all who ask meanwhile. Rejects only with a HistoryError
  // that says that we are signed out or may not read the conversation any more.
  reload() {
    this.#reloading ??= this.#reloadUntilDone().finally(() => (this.#reloading = null));
    return this.#reloading;
  }

  async #reloadUntilDone() {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#read({}, (page) => this.#timeline.replace(page));
      } catch (error) {
        if (SIGNED_OUT_OR_AWAY.has(error.status) || this.#signal?.aborted) throw error;
        const wait = waitAgain(attempt, this.#random);
        await new Promise((resolve) => this.#clock.setTimeout(resolve, wait));
      }
    }
  }

  async #read(place, put) {
    const missed = [];
    this.#missed.add(missed);
    try {
      const page = await this.#history.page(place);
      const messages = put(page);
      for (const frame of missed) if (frame.revision > page.revision) this.#apply(frame);
      return { ...page, messages: messages.map(({ id }) => this.#timeline.withId(id)).filter(Boolean) };
    } finally {
      this.#missed.delete(missed);
    }
  }
}
