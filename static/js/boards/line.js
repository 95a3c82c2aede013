// The line of a board: it tells its changes one after another, and loads the whole board again if some are missing.
//
//   parts     connection, stream: each an EventTarget of its own
//   error     a sentence, or null;  isLoading  whether the board is being loaded again
//   events    "change" (detail: frame), "state" (of error or isLoading), "refused" (detail: {code})

import { gettext } from "language/gettext.js";
import { waitAgain } from "live/backoff.js";
import { browserClock } from "live/clock.js";
import { Connection } from "live/connection.js";
import { RESYNC_WINDOW_MS, Stream } from "live/stream.js";

const OUT_OF_STEP = gettext("This board could not be brought up to date. It is tried again in a minute.");

export class BoardLine extends EventTarget {
  error = null;
  #read;
  #put;
  #clock;
  #random;
  #hasEnded = false;
  #loading = null; // a promise
  #wishes = 0; // how often loading was asked for
  #missed = []; // changes that came during loading, and that the answer may lack

  // `read()` resolves to the board as it is now, {revision, epoch, ...}, to {refused: a close code}, or to null if there is no
  // answer; `put(page)` shows it.
  constructor({ data: { socket_url: address, revision, epoch }, read, put, line = {}, clock = browserClock, random = Math.random }) {
    super();
    this.#read = read;
    this.#put = put;
    this.#clock = clock;
    this.#random = random;
    this.connection = new Connection({ url: () => this.stream.address(address), clock, random, ...line });
    this.stream = new Stream({ connection: this.connection, revision, epoch, clock });
    this.stream.addEventListener("change", ({ detail }) => this.#heard(detail));
    this.stream.addEventListener("reset", () => this.#load());
    this.stream.addEventListener("broken", () => this.#mend());
    this.stream.addEventListener("failed", () => this.#failed());
    this.connection.addEventListener("refused", ({ detail }) => this.#say("refused", { code: detail.code }));
  }

  get isLoading() {
    return this.#loading !== null;
  }

  open() {
    this.connection.open();
  }

  // For good.
  close() {
    this.#hasEnded = true;
    this.connection.close();
  }

  #heard(frame) {
    if (this.isLoading) this.#missed.push(frame);
    this.#say("change", frame);
  }

  async #mend() {
    const page = await this.#load();
    if (page) this.stream.restart(page);
  }

  // Show an error, and try again when the minute is over.
  #failed() {
    this.error = OUT_OF_STEP;
    this.#say("state");
    this.#clock.setTimeout(() => this.stream.state === "failed" && this.#mend(), RESYNC_WINDOW_MS);
  }

  // Tries until it succeeds, once for all who ask meanwhile. Resolves to the page, or to null if we may not see it.
  #load() {
    this.#wishes += 1;
    this.#loading ??= this.#loadUntilDone().finally(() => {
      this.#loading = null;
      this.#say("state");
    });
    this.#say("state");
    return this.#loading;
  }

  async #loadUntilDone() {
    for (let attempt = 1; !this.#hasEnded; attempt += 1) {
      const [wishes, { revision }] = [this.#wishes, this.stream];
      this.#missed = [];
      const page = await this.#read();
      if (this.#hasEnded) break;
      if (page?.refused) return this.#refused(page.refused);
      const isOfNow = page?.epoch === this.stream.epoch && page.revision >= revision && wishes === this.#wishes;
      if (isOfNow) return this.#show(page);
      await new Promise((resolve) => this.#clock.setTimeout(resolve, waitAgain(attempt, this.#random)));
    }
    return null;
  }

  #show(page) {
    this.#put(page);
    for (const frame of this.#missed) if (frame.revision > page.revision) this.#say("change", frame);
    this.error = null;
    return page;
  }

  #refused(code) {
    this.connection.close();
    this.#say("refused", { code });
    return null;
  }

  #say(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
