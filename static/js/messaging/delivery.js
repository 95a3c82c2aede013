// Sends one conversation's outbox over its line, one entry at a time, so that none can overtake another that the server
// put off.

import { gettext } from "language/gettext.js";
import { waitAgain } from "live/backoff.js";
import { browserClock } from "live/clock.js";
import { FAULT } from "live/close-codes.js";

export const ANSWER_WITHIN_MS = 10_000; // then it is sent again: its client_id makes that safe

export class Delivery {
  #outbox;
  #conversationId;
  #send;
  #clock;
  #random;
  #isOpen = false;
  #inFlight = null; // client_id
  #timer = null;
  #putOff = 0; // how often in a row the server did
  #canSave = true; // as the server last said
  #limits = { message: 8_000, frame: 65_536 };

  // `send(frame)` returns whether the line took it. `signal`: stop listening to the outbox, which lives longer.
  constructor({ outbox, conversationId, send, clock = browserClock, random = Math.random, signal }) {
    this.#outbox = outbox;
    this.#conversationId = conversationId;
    this.#send = send;
    this.#clock = clock;
    this.#random = random;
    outbox.addEventListener("change", () => this.#next(), { signal });
  }

  limit(limits) {
    this.#limits = { ...this.#limits, ...limits };
  }

  // False while something waits and the server says that it cannot save anything.
  get canSave() {
    return this.#canSave || this.#due().length === 0;
  }

  lineOpened() {
    this.#isOpen = true;
    this.#putOff = 0;
    this.#next();
  }

  lineClosed(code) {
    this.#isOpen = false;
    if (code === FAULT && this.#inFlight) this.#outbox.faulted(this.#inFlight);
    this.#inFlight = null;
    this.#wait(null);
  }

  // An `ack` came, or the message itself.
  arrived(clientId, ack) {
    this.#putOff = 0;
    this.#canSave = true;
    this.#free(clientId);
    this.#outbox.remove(clientId, ack);
    this.#next();
  }

  // An `error` with a client_id.
  refused({ client_id, code, detail, temporary, retry_after }) {
    this.#free(client_id);
    this.#canSave = code !== "unavailable";
    if (!temporary) this.#outbox.fail(client_id, detail);
    else this.#rest(retry_after);
    this.#next();
  }

  #next() {
    if (!this.#isOpen || this.#timer) return; // while an entry is in flight there is a timer
    const [entry] = this.#due();
    if (!entry) {
      this.#canSave = true; // the next entry may be saved
      return;
    }
    const flaw = this.#flawOf(entry);
    if (flaw) this.#outbox.fail(entry.client_id, flaw);
    else if (this.#send(entry.frame)) this.#sent(entry.client_id);
  }

  #due() {
    return this.#outbox.due(this.#conversationId);
  }

  #sent(clientId) {
    this.#inFlight = clientId;
    this.#wait(ANSWER_WITHIN_MS);
  }

  // The server closes the line if a frame is too large, so such a frame is never sent.
  #flawOf({ frame, text }) {
    if ([...text].length > this.#limits.message) return gettext("A message may have {most} characters at most.", { most: this.#limits.message });
    const size = new TextEncoder().encode(JSON.stringify(frame)).length;
    return size > this.#limits.frame ? gettext("This message is too large to be sent.") : null;
  }

  #rest(seconds) {
    this.#putOff += 1;
    this.#wait(seconds > 0 ? seconds * 1000 : waitAgain(this.#putOff, this.#random));
  }

  #free(clientId) {
    if (this.#inFlight !== clientId) return;
    this.#inFlight = null;
    this.#wait(null);
  }

  #wait(ms) {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = ms === null ? null : this.#clock.setTimeout(() => this.#waited(), ms);
  }

  #waited() {
    this.#timer = null;
    this.#inFlight = null;
    this.#next();
  }
}
