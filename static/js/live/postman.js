// A postman brings by POST what waits for conversations that are not open on this page: one for each page.

import { browserClock } from "live/clock.js";
import { flushElsewhere, LATER_S } from "live/elsewhere.js";
import { Wakes } from "live/wakes.js";

export class Postman {
  #outbox;
  #round;
  #clock;
  #wakes;
  #timer = null;
  #isWalking = false;
  #isCalled = false; // while walking: to look again, unless there is a time to wait
  #isWoken = false; // or even then

  // `here`: a function that gives the conversation whose room is open just now, if any. `csrfToken`: one that gives that.
  constructor({ outbox, here = () => null, csrfToken, fetch = (...request) => globalThis.fetch(...request), clock = browserClock, events = globalThis }) {
    this.#outbox = outbox;
    this.#round = () => flushElsewhere(outbox, { here, fetch, csrfToken: csrfToken() });
    this.#clock = clock;
    this.#wakes = new Wakes(events);
    for (const moment of ["online", "visible"]) this.#wakes.addEventListener(moment, () => this.#wake());
  }

  start() {
    this.#wakes.listen();
    this.#outbox.addEventListener("change", this.#changed);
    this.#walk();
  }

  // Somebody has left a room, perhaps with words that are not sent yet.
  look() {
    this.#changed();
  }

  // There is a line again: what could not be brought is not waited for any longer.
  hurry() {
    this.#wake();
  }

  stop() {
    this.#wakes.stop();
    this.#outbox.removeEventListener("change", this.#changed);
    this.#clock.clearTimeout(this.#timer);
  }

  // A tab that closed may have left something; while a time to wait is running, it is waited for.
  #changed = () => {
    if (this.#timer === null) this.#walk();
  };

  #wake() {
    this.#isWoken = true;
    this.#walk();
  }

  async #walk() {
    this.#isCalled = true;
    if (this.#isWalking) return;
    this.#isWalking = true;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
    const later = await this.#rounds().catch(() => LATER_S);
    this.#isWalking = false;
    if (later !== null) this.#timer = this.#clock.setTimeout(() => this.#walk(), later * 1000);
  }

  // As long as somebody calls.
  async #rounds() {
    let later = null;
    while (this.#isWoken || (this.#isCalled && later === null)) {
      this.#isWoken = this.#isCalled = false;
      later = await this.#round();
    }
    return later;
  }
}
