// What I keep for later, and my part in it: wishes that are nobody's but mine go by POST from whatever page is open, and wait
// in the outbox like everything that was said.
//
//   events  "change" (what is saved or scheduled is another),
//           "refused" (detail: {wish, reason}: it will not be done; what has words stays in the outbox, see messaging/unsent.js)

import { newId } from "live/new-id.js";
import { wordsOf } from "messaging/unsent.js";

export const MINE = 0; // the conversation of what is in none: no line is opened for it, so the postman has it

export class Kept extends EventTarget {
  #outbox;
  #inbox;

  constructor({ outbox, inbox }) {
    super();
    this.#outbox = outbox;
    this.#inbox = inbox;
    outbox.addEventListener("removed", ({ detail }) => detail.entry.conversation_id === MINE && detail.ack?.type && inbox.take(detail.ack));
    outbox.addEventListener("change", () => this.#changed());
    for (const name of ["state", "saved", "scheduled"]) inbox.addEventListener(name, () => this.#say("change"));
    outbox.ready.then(() => this.#changed());
  }

  // Ids of the messages that are saved, or will be.
  get saved() {
    const ids = new Set(this.#inbox.saved.keys());
    for (const { wish, post } of this.#wishes()) {
      if (wish === "save") ids[post.body.saved ? "add" : "delete"](post.body.message_id);
    }
    return ids;
  }

  // Those that wait for their time, of one conversation or of all; and those that could not be sent.
  scheduled(conversationId) {
    const all = [...this.#inbox.scheduled.values()];
    return conversationId === undefined ? all : all.filter((one) => one.conversation_id === conversationId);
  }

  // `at`: a Date, to be reminded then.
  save(messageId, at = null) {
    this.#wish("save", "/messaging/saved/", { message_id: messageId, saved: true, remind_at: at?.toISOString() ?? null });
  }

  letGo(messageId) {
    this.#wish("save", "/messaging/saved/", { message_id: messageId, saved: false });
  }

  forward(messageId, where) {
    this.#wish("forward", `/messaging/message/${messageId}/forward/`, where);
  }

  // `place`: {name, url} of the conversation.
  schedule(conversationId, { text, replyTo = null, at, place }) {
    const body = { message: text, send_at: at.toISOString(), reply_to: replyTo?.message_id ?? null };
    this.#wish("schedule", `/messaging/conversation/${conversationId}/scheduled/`, body, { about: conversationId, reply_to: replyTo, place });
  }

  #wish(wish, url, body, more = {}) {
    const client_id = newId();
    this.#outbox.put({ client_id, conversation_id: MINE, text: "", frame: null, wish, post: { url, body: { ...body, client_id } }, ...more });
  }

  #wishes() {
    return this.#outbox.waiting(MINE);
  }

  #changed() {
    for (const entry of this.#wishes()) {
      if (entry.state !== "failed" || wordsOf(entry)) continue;
      this.#outbox.remove(entry.client_id);
      this.#say("refused", { wish: entry.wish, reason: entry.reason });
    }
    this.#say("change");
  }

  #say(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
