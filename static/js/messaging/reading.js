// Reading is how far each person has read, ourselves included, and telling how far we have.
//
//   readSeq  our own cursor;  reads  Map user_id -> seq of the others;  event "change"

import { browserClock } from "live/clock.js";

export const TELL_EVERY_MS = 500;

export class Reading extends EventTarget {
  #me;
  #send;
  #clock;
  #unreadFrom;
  #wanted = null; // {id, seq}: read, and not confirmed yet
  #toldAt = -Infinity;
  #timer = null;

  reads = new Map();

  // `unreadFrom()`: from where on it is to be unread again, as long as the server may not know it.
  constructor({ me, send, readSeq = 0, reads = {}, unreadFrom = () => Infinity, clock = browserClock }) {
    super();
    this.#unreadFrom = unreadFrom;
    this.#me = me;
    this.#send = send;
    this.#clock = clock;
    this.readSeq = readSeq;
    this.#hearAll(reads);
  }

  // Who of the others has read this far.
  readersOf(seq) {
    return [...this.reads].filter(([, read]) => read >= seq).map(([userId]) => userId);
  }

  // We have seen this message; whether that is news. Told now and then only, and again after a loss until the server confirms.
  read({ id, seq }) {
    if (!seq || seq <= Math.max(this.readSeq, this.#wanted?.seq ?? 0)) return false;
    this.#wanted = { id, seq };
    this.#tell();
    return true;
  }

  // We want this message to be unread, and all after it. Telling so is a wish (messaging/outgoing.js).
  unread({ seq }) {
    this.#wanted = null;
    this.readSeq = Math.min(this.readSeq, seq - 1);
    this.#changed();
  }

  welcomed({ read_seq, reads }) {
    if (reads) this.#hearAll(reads);
    if (Number.isInteger(read_seq)) this.#isAt(read_seq);
    if (this.#wanted) this.#tell();
  }

  // A receipt, which may be our own, from another tab perhaps.
  hear({ user_id, read_seq }) {
    if (!Number.isInteger(read_seq)) return;
    if (user_id === this.#me.id) this.#isAt(read_seq);
    else this.reads.set(user_id, read_seq);
    this.#changed();
  }

  #isAt(seq) {
    this.readSeq = Math.min(seq, this.#unreadFrom() - 1);
    if (this.#wanted?.seq <= seq) this.#wanted = null;
  }

  #hearAll(reads) {
    const others = Object.entries(reads).map(([userId, seq]) => [Number(userId), seq]);
    this.reads = new Map(others.filter(([userId]) => userId !== this.#me.id));
    this.#changed();
  }

  #tell() {
    const wait = Math.min(TELL_EVERY_MS, this.#toldAt + TELL_EVERY_MS - this.#clock.now()); // the clock may have been put back
    if (wait > 0) return (this.#timer ??= this.#clock.setTimeout(() => this.tellNow(), wait));
    this.tellNow();
  }

  // Without waiting for more. What could not be told, {id, seq}, or null.
  tellNow() {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#wanted) return null;
    if (!this.#send({ type: "message_read", message_id: this.#wanted.id })) return this.#wanted;
    this.#toldAt = this.#clock.now();
    return null;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
