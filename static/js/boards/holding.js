// Telling the others which card we are dragging, and over which column. It is repeated while we do, because it expires.
import { browserClock } from "live/clock.js";

export const AGAIN_MS = 2_000;
export const APART_MS = 600; // between two frames, however fast the card moves

export class Holding {
  #send;
  #clock;
  #held = null; // {task_id, column_id}
  #toldAt = -Infinity;
  #timer = null;
  #signal;

  // `signal`: let go of what we hold, and hold nothing more.
  constructor({ send, signal, clock = browserClock }) {
    this.#send = send;
    this.#clock = clock;
    this.#signal = signal;
    signal.addEventListener("abort", () => this.letGo());
  }

  over(task, column) {
    if (this.#signal.aborted) return;
    const held = { task_id: Number(task), column_id: Number(column) };
    if (this.#held?.task_id === held.task_id && this.#held.column_id === held.column_id) return;
    this.#held = held;
    this.#tellIn(Math.min(APART_MS, this.#toldAt + APART_MS - this.#clock.now())); // the clock may have been put back
  }

  letGo() {
    if (!this.#held) return;
    this.#held = null;
    this.#clock.clearTimeout(this.#timer);
    this.#send({ type: "let_go_card" });
  }

  #tellIn(wait) {
    this.#clock.clearTimeout(this.#timer);
    if (wait > 0) this.#timer = this.#clock.setTimeout(() => this.#tell(), wait);
    else this.#tell();
  }

  #tell() {
    this.#toldAt = this.#clock.now();
    this.#send({ type: "hold_card", ...this.#held });
    this.#tellIn(AGAIN_MS);
  }
}
