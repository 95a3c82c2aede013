// A heartbeat asks the other side for a sign of life, and says "stale" when none comes.

import { browserClock } from "live/clock.js";

const PING_EVERY_MS = 25_000;
export const ANSWER_WITHIN_MS = 10_000;
const PONG_WITHIN_MS = 15_000; // however much else is heard: what we say may get lost while we still hear
const ANSWER_SOON_MS = 3_000; // after a sleep, a change of network or a return to the page
export const LATE_MS = 5_000; // a timer this late means that the machine slept

export class Heartbeat extends EventTarget {
  #ping;
  #clock;
  #random;
  #every = PING_EVERY_MS;
  #beat = null; // {timer, due}
  #answer = null; // {timer, due, urgent}
  #pong = null; // {timer, due}

  // `ping` sends one ping.
  constructor({ ping, clock = browserClock, random = Math.random }) {
    super();
    this.#ping = ping;
    this.#clock = clock;
    this.#random = random;
  }

  start() {
    this.stop();
    this.#beatIn(this.#random() * this.#every);
  }

  stop() {
    this.#cancel(this.#beat);
    this.#cancel(this.#answer);
    this.#cancel(this.#pong);
    this.#beat = this.#answer = this.#pong = null;
  }

  // The server's wish for the time between pings, in seconds.
  every(seconds) {
    if (seconds > 0) this.#every = seconds * 1000;
  }

  // Any frame is a sign of life, and a pong also one of having been heard.
  heard(isPong = true) {
    this.#cancel(this.#answer);
    this.#answer = null;
    if (!isPong) return;
    this.#cancel(this.#pong);
    this.#pong = null;
  }

  // Ask at once, with little patience.
  check() {
    if (this.#beat) this.#ask(ANSWER_SOON_MS, true);
  }

  #beatIn(wait) {
    const due = this.#clock.now() + wait;
    this.#beat = { due, timer: this.#clock.setTimeout(() => this.#beaten(), wait) };
  }

  #beaten() {
    const slept = this.#isLate(this.#beat);
    this.#beatIn(this.#every);
    if (slept) this.#awake();
    else this.#ask(ANSWER_WITHIN_MS, false);
  }

  #ask(patience, urgent) {
    const due = this.#clock.now() + patience;
    if (this.#answer && this.#answer.due <= due) return; // one that ends sooner is under way
    this.#cancel(this.#answer);
    this.#answer = { due, urgent, timer: this.#clock.setTimeout(() => this.#unanswered(), patience) };
    this.#pong ??= { due: this.#clock.now() + PONG_WITHIN_MS, timer: this.#clock.setTimeout(() => this.#unheard(), PONG_WITHIN_MS) };
    this.#ping();
  }

  // The answer may be waiting behind the timer when the machine slept, so then it gets a second chance, but only one.
  #unanswered() {
    const { urgent } = this.#answer;
    const slept = this.#isLate(this.#answer);
    this.#answer = null;
    if (slept && !urgent) return this.#awake();
    this.#giveUp();
  }

  #unheard() {
    const slept = this.#isLate(this.#pong);
    this.#pong = null;
    if (slept) return this.#awake();
    this.#giveUp();
  }

  #awake() {
    this.#cancel(this.#pong);
    this.#pong = null;
    this.check();
  }

  #giveUp() {
    this.stop();
    this.dispatchEvent(new Event("stale"));
  }

  #isLate({ due }) {
    return this.#clock.now() - due > LATE_MS;
  }

  #cancel(wait) {
    if (wait) this.#clock.clearTimeout(wait.timer);
  }
}
