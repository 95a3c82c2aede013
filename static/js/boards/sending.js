// Sends what the outbox has for one board or card now, and again until nothing of it waits.
import { waitAgain } from "live/backoff.js";
import { browserClock } from "live/clock.js";
import { flushElsewhere, LATER_S } from "live/elsewhere.js";

export class Sending {
  #where;
  #outbox;
  #csrfToken;
  #fetch;
  #clock;
  #signal;
  #timer = null;
  #sent = Promise.resolve(); // one round after the other, even in browsers without Web Locks
  #attempts = 0;

  // `where`: the conversation_id of the entries; `csrfToken`: a function that returns it; `signal`: stop sending.
  constructor({ where, outbox, csrfToken, signal, fetch = (...request) => globalThis.fetch(...request), clock = browserClock }) {
    this.#where = where;
    this.#outbox = outbox;
    this.#csrfToken = csrfToken;
    this.#fetch = fetch;
    this.#clock = clock;
    this.#signal = signal;
    signal.addEventListener("abort", () => clock.clearTimeout(this.#timer));
  }

  // The postman would send it too, but later.
  send() {
    this.#sent = this.#sent.then(() => this.#sendAll());
    return this.#sent;
  }

  async #sendAll() {
    const later = await flushElsewhere(this.#outbox, { fetch: this.#fetch, csrfToken: this.#csrfToken() });
    this.#clock.clearTimeout(this.#timer);
    this.#attempts = this.#isDone ? 0 : this.#attempts + 1;
    if (this.#attempts === 0 || this.#signal.aborted) return;
    const isAsked = later !== null && later !== LATER_S; // the server says when
    this.#timer = this.#clock.setTimeout(() => this.send(), isAsked ? later * 1000 : waitAgain(this.#attempts));
  }

  get #isDone() {
    return this.#outbox.waiting(this.#where).every(({ state }) => state === "failed");
  }
}
