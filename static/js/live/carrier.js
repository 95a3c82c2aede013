// A carrier brings the files of what waits in the outbox to the server, so that the words may follow: one for each page.

import { gettext } from "language/gettext.js";
import { waitAgain } from "live/backoff.js";
import { isThere } from "live/cargo.js";
import { browserClock } from "live/clock.js";
import { Wakes } from "live/wakes.js";

const LOST = gettext("This file is not on this device any more: please attach it again.");

export class Carrier {
  #outbox;
  #uploads;
  #clock;
  #random;
  #wakes;
  #timer = null;
  #isWalking = false;
  #attempts = 0;

  constructor({ outbox, uploads, clock = browserClock, random = Math.random, events = globalThis }) {
    this.#outbox = outbox;
    this.#uploads = uploads;
    this.#clock = clock;
    this.#random = random;
    this.#wakes = new Wakes(events);
    for (const moment of ["online", "visible"]) this.#wakes.addEventListener(moment, () => this.#walk());
  }

  start() {
    this.#wakes.listen();
    this.#outbox.addEventListener("change", () => this.#timer === null && this.#walk());
    this.#outbox.addEventListener("removed", ({ detail }) => this.#leave(detail.entry));
    this.#walk();
  }

  async #walk() {
    if (this.#isWalking) return;
    this.#isWalking = true;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
    try {
      for (let [entry] = this.#outbox.laden(); entry; [entry] = this.#outbox.laden()) await this.#carry(entry);
      this.#attempts = 0;
    } catch ({ later }) {
      this.#rest(later);
    }
    this.#isWalking = false;
  }

  // One file after another; rejects when it makes sense only later.
  async #carry({ client_id, files }) {
    for (const file of files.filter((one) => !isThere(one, this.#clock.now()))) {
      if (!this.#outbox.entry(client_id)) return;
      const refusal = await this.#bring(client_id, file);
      if (refusal) return this.#outbox.fail(client_id, refusal, refusal !== LOST);
    }
  }

  // Resolves to why the server does not want it, or to nothing.
  async #bring(clientId, { key, name, url }) {
    const blob = await this.#outbox.blob(key);
    if (!blob) return LOST;
    try {
      await this.#outbox.uploaded(clientId, key, await this.#uploads.bring({ key, name, url, blob }));
    } catch (error) {
      if (error.isFinal) return `${name}: ${error.message}`;
      if (error.isFault) await this.#outbox.faulted(clientId);
      throw error;
    }
  }

  #leave({ files = [] }) {
    for (const { key } of files) this.#uploads.cancel(key);
  }

  #rest(later) {
    this.#attempts += 1;
    const wait = later ? later * 1000 : waitAgain(this.#attempts, this.#random);
    this.#timer = this.#clock.setTimeout(() => this.#walk(), wait);
  }
}
