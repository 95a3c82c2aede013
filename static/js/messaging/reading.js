// How far each person has read, ourselves included; and telling the server how far we have.
//
//   readSeq  our own cursor;  reads  Map user_id -> seq of the others;  event "change"

import { browserClock } from "live/clock.js";

export const TELL_EVERY_MS = 500;

export class Reading extends EventTarget {
  #me;
  #send;
  #clock;
  #unreadFrom;
  #wanted = null; // {id, seq}: read here, and not confirmed by the server yet
  #toldAt = -Infinity;
  #timer = null;

  reads = new Map();

  // `unreadFrom()`: the seq from which all shall be unread, while the server may not know it.
  constructor({ me, send, readSeq = 0, reads = {}, unreadFrom = () => Infinity, clock = browserClock }) {
    super();
    this.#unreadFrom = unreadFrom;
    this.#me = me;
    this.#send = send;
    this.#clock = clock;
    this.readSeq = readSeq;
    this.#hearAll(reads);
  }

  // The ids of the others who have read this far.
  readersOf(seq) {
    return [...this.reads].filter(([, read]) => read >= seq).map(([userId]) => userId);
  }

  // We have read up to this message. Returns whether that is new. The server is told at intervals, and again after the line was
  // closed, until it confirms.
  read({ id, seq }) {
    if (!seq || seq <= Math.max(this.readSeq, this.#wanted?.seq ?? 0)) return false;
    this.#wanted = { id, seq };
    this.#tell();
    return true;
  }

  // This message and all after it shall be unread. messaging/outgoing.js tells the server.
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

  // A receipt. It may be our own, from another tab for example.
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

  // Tell the server without waiting. Returns {id, seq} if it could not be told, else null.
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
