// Saved and scheduled messages, and forwarding. These wishes concern me alone, so they are sent by POST from whatever page is
// open, and wait in the outbox like messages.
//
//   events  "change" (of saved or scheduled messages),
//           "refused" (detail: {wish, reason}; a wish with a text stays in the outbox, see messaging/unsent.js)

import { newId } from "live/new-id.js";
import { wordsOf } from "messaging/unsent.js";

export const MINE = 0; // the conversation_id of wishes about none: it has no line, so the postman sends them

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

  // Messages of one conversation, or of all, that wait for their time or could not be posted.
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
