// Who of the others is typing right now; and telling them that we are.
//
//   people  [{user_id, username, display_name}], in the order in which they began;  event "change"

import { browserClock } from "live/clock.js";

export const TELL_EVERY_MS = 2_000;
const ENDS_AFTER_MS = 6_000; // the server tells of the end too; this is in case that frame is lost

export class Typing extends EventTarget {
  #me;
  #send;
  #clock;
  #people = new Map(); // user_id -> {person, timer}
  #toldAt = -Infinity;

  constructor({ me, send, clock = browserClock }) {
    super();
    this.#me = me;
    this.#send = send;
    this.#clock = clock;
  }

  get people() {
    return [...this.#people.values()].map(({ person }) => person);
  }

  // -- the others ------------------------------------------------------------------------------------------------------

  hear({ type, user_id, username, display_name = username }) {
    if (user_id === this.#me.id) return;
    if (type === "user_stop_typing") return this.end(user_id);
    this.#clock.clearTimeout(this.#people.get(user_id)?.timer);
    const isNew = !this.#people.has(user_id);
    const timer = this.#clock.setTimeout(() => this.end(user_id), ENDS_AFTER_MS);
    this.#people.set(user_id, { person: { user_id, username, display_name }, timer });
    if (isNew) this.#changed();
  }

  // They stopped typing, posted, or left.
  end(userId) {
    this.#clock.clearTimeout(this.#people.get(userId)?.timer);
    if (this.#people.delete(userId)) this.#changed();
  }

  // The line has closed, so we know of nobody any more.
  forget() {
    for (const userId of [...this.#people.keys()]) this.end(userId);
    this.#toldAt = -Infinity;
  }

  // -- ourselves -------------------------------------------------------------------------------------------------------

  // A key was pressed.
  tell() {
    if (this.#isToldWithin(TELL_EVERY_MS)) return;
    if (this.#send({ type: "typing" })) this.#toldAt = this.#clock.now();
  }

  // The text is empty again. If we told of typing too long ago, the server has ended it already.
  stop() {
    if (this.#isToldWithin(ENDS_AFTER_MS)) this.#send({ type: "stop_typing" });
    this.#toldAt = -Infinity;
  }

  // We have posted, which ends it on the server as well.
  posted() {
    this.#toldAt = -Infinity;
  }

  // The clock may have been put back since.
  #isToldWithin(ms) {
    const passed = this.#clock.now() - this.#toldAt;
    return passed >= 0 && passed < ms;
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
