// Drafts are what a person has begun to write, in all their conversations. They are stored here at once, and on the server for
// the person's other browsers. A draft of another browser never overwrites what was typed here later.
//
//   draft   {text, reply_to: {message_id, seq, display_name, excerpt} or null}
//   events  "told" (detail: {conversation_id}: it was written in another browser or tab), "change" (of `begun`)

import { browserClock } from "live/clock.js";
import { DraftShelf } from "messaging/draft-shelf.js";

export const PAUSE_MS = 1_000; // without typing, after which the server is sent the draft
export const LONGEST_MS = 10_000; // of typing without such a pause, after which it is sent too
const AGAIN_MS = 10_000; // after which it is sent again, if the server has not confirmed it
const MOST_TOLD = 50; // as in messaging/queries/drafts.py: if the server tells fewer, it has told all

export class Drafts extends EventTarget {
  #shelf;
  #send;
  #post;
  #clock;
  #timers = new Map(); // conversation id -> {timer, since}
  #mine = new Set(); // ids of the conversations in my inbox
  #limit = 8_000;
  #marked = ""; // the ids in which something is begun, when they last changed

  // `connection`: the inbox's. `post(conversationId, {text, reply_to})` sends a request that outlives the closing page.
  constructor({ userId, connection, post, clock = browserClock, shelf = new DraftShelf({ userId }) }) {
    super();
    this.#shelf = shelf;
    this.#post = post;
    this.#clock = clock;
    this.#send = (frame) => connection.send(frame);
    connection.addEventListener("frame", ({ detail }) => this.#hear(detail));
    shelf.addEventListener("elsewhere", ({ detail }) => this.#changed(detail.id, "told"));
  }

  read(id) {
    return this.#shelf.read(id);
  }

  // The ids of the conversations in which something was begun.
  get begun() {
    return this.#shelf.ids.filter((id) => this.read(id).text.trim());
  }

  keep(id, { text, reply_to = null }) {
    const known = this.read(id);
    const isKept = known.isKept && isSame(known, { text, reply_to });
    this.#shelf.put(id, { ...known, text, reply_to, isKept });
    if (!isKept) this.#wait(id);
    this.#changed(id);
  }

  // Send all drafts now, because there will be no typing for a while.
  hurry() {
    for (const id of this.#unkept()) this.#tell(id);
  }

  // Send all drafts by POST, because the page is closing, and its line with it.
  leave() {
    for (const id of this.#unkept()) {
      const { text, reply_to } = this.read(id);
      this.#post(id, { text, reply_to: text && reply_to ? reply_to.message_id : null });
    }
  }

  // -- what the server says ----------------------------------------------------------------------------------------------

  #hear(frame) {
    if (frame.type === "welcome") this.#limit = frame.limits?.message ?? this.#limit;
    else if (frame.type === "inbox") this.#startAnew(frame);
    else if (frame.type === "draft_changed" && frame.revision >= this.read(frame.conversation_id).revision) this.#take(frame);
  }

  #startAnew({ conversations, drafts = [] }) {
    this.#mine = new Set(conversations.map(({ conversation_id: id }) => id));
    const told = new Set(drafts.map(({ conversation_id: id }) => id));
    for (const draft of drafts) this.#take(draft);
    for (const id of this.#shelf.ids) {
      const { isKept, revision } = this.read(id);
      if (isKept && !told.has(id) && drafts.length < MOST_TOLD) this.#take({ conversation_id: id, text: "", reply_to: null, revision });
    }
    this.hurry();
  }

  #take({ conversation_id: id, text, reply_to, revision }) {
    const known = this.read(id);
    const theirs = { text, reply_to, revision, isKept: true };
    if (isSame(known, theirs)) return this.#shelf.put(id, { ...known, revision, isKept: true });
    if (!known.isKept) return this.#shelf.put(id, { ...known, revision });
    this.#shelf.put(id, theirs);
    this.#changed(id, "told");
  }

  // -- telling the server ------------------------------------------------------------------------------------------------

  #unkept() {
    return this.#shelf.ids.filter((id) => !this.read(id).isKept);
  }

  #wait(id) {
    const { since = this.#clock.now(), timer } = this.#timers.get(id) ?? {};
    this.#clock.clearTimeout(timer);
    const pause = Math.max(0, Math.min(PAUSE_MS, since + LONGEST_MS - this.#clock.now()));
    this.#timers.set(id, { since, timer: this.#clock.setTimeout(() => this.#tell(id), pause) });
  }

  // Without a line, the draft is sent once there is one.
  #tell(id) {
    this.#clock.clearTimeout(this.#timers.get(id)?.timer);
    this.#timers.delete(id);
    const { text, reply_to, isKept } = this.read(id);
    if (isKept || [...text].length > this.#limit || (this.#mine.size > 0 && !this.#mine.has(id))) return;
    const frame = { type: "keep_draft", conversation_id: id, text, reply_to: text ? reply_to?.message_id ?? null : null };
    if (!this.#send(frame)) return;
    const timer = this.#clock.setTimeout(() => this.#tell(id), AGAIN_MS);
    this.#timers.set(id, { since: this.#clock.now(), timer });
  }

  #changed(id, name) {
    if (name === "told") this.dispatchEvent(new CustomEvent("told", { detail: { conversation_id: id } }));
    const begun = this.begun.join();
    if (begun === this.#marked) return;
    this.#marked = begun;
    this.dispatchEvent(new Event("change"));
  }
}

// The server keeps no draft that only has a message to reply to, and no text.
function isSame(one, other) {
  const asTold = ({ text, reply_to: replyTo }) => (text.trim() ? [text, replyTo?.message_id ?? null] : ["", null]);
  return JSON.stringify(asTold(one)) === JSON.stringify(asTold(other));
}
