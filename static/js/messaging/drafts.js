// Drafts are what a person has begun to write, in all their conversations: kept here at once, and on the server for their
// other browsers. What is typed here is never overwritten by what was typed elsewhere before it.
//
//   draft   {text, reply_to: {message_id, seq, display_name, excerpt} or null}
//   events  "told" (detail: {conversation_id}: it was written elsewhere), "change" (`begun` is another)

import { browserClock } from "live/clock.js";
import { DraftShelf } from "messaging/draft-shelf.js";

export const PAUSE_MS = 1_000; // in the typing, after which it is kept on the server
export const LONGEST_MS = 10_000; // without such a pause
const AGAIN_MS = 10_000; // the server has not said that it has it
const MOST_TOLD = 50; // as messaging/drafts.py has it: of fewer, the server has told all

export class Drafts extends EventTarget {
  #shelf;
  #send;
  #post;
  #clock;
  #timers = new Map(); // conversation id -> {timer, since}
  #mine = new Set(); // ids of the conversations in my inbox
  #limit = 8_000;
  #marked = ""; // what was begun, as it was last told

  // `connection`: the inbox's. `post(conversationId, {text, reply_to})`: on a closing page, by a request that outlives it.
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

  // There will be no more typing for a while: the server is to know now.
  hurry() {
    for (const id of this.#unkept()) this.#tell(id);
  }

  // The page goes, and its line with it.
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

  // Without a line it is told once there is one.
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

// An answer of which no word is written yet is no draft for the server.
function isSame(one, other) {
  const asTold = ({ text, reply_to: replyTo }) => (text.trim() ? [text, replyTo?.message_id ?? null] : ["", null]);
  return JSON.stringify(asTold(one)) === JSON.stringify(asTold(other));
}
