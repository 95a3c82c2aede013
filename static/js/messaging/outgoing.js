// Our messages and changes in a conversation, which are kept in the outbox until the server has done them.
//
//   event "notice" (detail: {code, detail}: a wish that was refused)

import { newId } from "live/new-id.js";
import { deleting, editing, isFulfilled, isSameReaction, pinning, reacting, reading, unpreviewing, unreading } from "messaging/wishes.js";
import { bodyOf, frameOf, wellFormed } from "messaging/words.js";

const QUOTE_LENGTH = 140; // characters of the message that is answered

export class Outgoing extends EventTarget {
  #data;
  #outbox;
  #timeline;
  #delivery;

  // `signal`: stop listening to the outbox, which lives longer.
  constructor({ data, outbox, timeline, delivery, signal }) {
    super();
    this.#data = data;
    this.#outbox = outbox;
    this.#timeline = timeline;
    this.#delivery = delivery;
    outbox.addEventListener("removed", ({ detail }) => detail.ack && timeline.acknowledge(detail.ack), { signal });
    outbox.addEventListener("change", () => this.show(), { signal });
  }

  // How many messages are not sent yet.
  get waiting() {
    return this.#outbox.unsent(this.#data.id);
  }

  // -- saying and wishing ------------------------------------------------------------------------------------------------

  // Returns the client_id, which is the key of the message in the timeline.
  say(text, { replyTo = null, files = [] } = {}) {
    const quote = replyTo && quoteOf(replyTo);
    const attachments = files.filter(({ uploaded }) => uploaded).map(({ uploaded }) => uploaded);
    const said = { text: wellFormed(text), clientId: newId(), replyTo: quote, attachments };
    const post = { url: this.#data.post_url, body: bodyOf(said) };
    const kept = { client_id: said.clientId, frame: frameOf(this.#data, said), text: said.text, reply_to: quote, post };
    this.#put({ ...kept, files: files.map(({ blob, ...file }) => file) }, blobsOf(files));
    return said.clientId;
  }

  // A new text replaces one that still waits.
  edit(messageId, text) {
    this.#giveUp(isWordingOf(messageId));
    this.#wish("edit", messageId, (message) => editing(message, wellFormed(text)), text);
  }

  // Also drops a new text that still waits.
  remove(messageId) {
    this.#giveUp(isWordingOf(messageId));
    this.#wish("delete", messageId, deleting);
  }

  react(messageId, emoji, on) {
    this.#wish("react", messageId, (message) => reacting(message, emoji, on));
  }

  pin(messageId, on) {
    this.#wish("pin", messageId, (message) => pinning(message, on));
  }

  removePreview(messageId, url) {
    this.#wish("preview", messageId, (message) => unpreviewing(message, url));
  }

  // Mark this message and all after it as unread; an earlier wish of this kind is dropped.
  unread({ id, seq }) {
    this.readAfterAll();
    this.#wish("unread", id, unreading, "", { seq, post: { url: this.#data.read_url, body: { message: id, unread: true } } });
  }

  readAfterAll() {
    this.#giveUp(({ wish }) => wish === "unread");
  }

  // Mark as read up to this message, by a wish that is sent even if this page is gone when there is a network again.
  read({ id, seq }) {
    this.#giveUp(({ wish }) => wish === "read");
    this.#wish("read", id, reading, "", { seq, post: { url: this.#data.read_url, body: { message: id } } });
  }

  // The place (seq) from which all shall be unread, while the server may not know it; Infinity if there is none.
  get unreadFrom() {
    return Math.min(...this.#wishes().map(({ wish, seq }) => (wish === "unread" ? seq : Infinity)));
  }

  // -- what became of it -------------------------------------------------------------------------------------------------

  // Messages of the outbox that are in the conversation already need not be sent.
  recognise(messages) {
    for (const { id, client_id, user_id, seq, revision, timestamp } of messages) {
      if (user_id !== this.#data.me.id || !this.#outbox.entry(client_id)) continue;
      this.#delivery.arrived(client_id, { client_id, message_id: id, seq, revision, timestamp });
    }
  }

  // Wishes that are fulfilled are over: the acknowledgement may have gone to a page that is closed.
  settle() {
    for (const { client_id, frame, isAfterAnother } of this.#wishes()) {
      const message = this.#timeline.withId(frame.message_id);
      if (message && !isAfterAnother && isFulfilled(frame, message, this.#data.me)) this.#delivery.arrived(client_id, null);
    }
  }

  show() {
    this.settle();
    this.recognise(this.#timeline.messages.filter(({ state }) => state === "sent"));
    this.#report();
    this.#timeline.showPending(this.#kept());
  }

  // A text that was refused stays, for its author to see; other refused wishes are dropped.
  #report() {
    for (const { client_id, wish, state, reason } of this.#wishes()) {
      if (state !== "failed" || wish === "edit") continue;
      this.#outbox.remove(client_id);
      this.dispatchEvent(new CustomEvent("notice", { detail: { code: wish, detail: reason } }));
    }
  }

  #wish(wish, messageId, framed, text = "", more = {}) {
    const message = this.#timeline.withId(messageId);
    if (!message) return;
    const client_id = newId();
    const frame = { ...framed(message), client_id };
    const post = { url: this.#data.changes_url, body: frame }; // from another page
    const before = this.#wishes().findLast((kept) => isSameReaction(kept.frame, frame));
    const isSo = before ? before.frame.on === frame.on : isFulfilled(frame, message, this.#data.me);
    if (!isSo) this.#put({ client_id, frame, text, wish, post, isAfterAnother: Boolean(before), ...more });
  }

  #giveUp(isOver) {
    for (const entry of this.#wishes()) if (isOver(entry)) this.#outbox.remove(entry.client_id);
  }

  #wishes() {
    return this.#kept().filter(({ wish }) => wish);
  }

  #kept() {
    return this.#outbox.waiting(this.#data.id);
  }

  #put(entry, blobs) {
    const { id, name, url } = this.#data;
    this.#outbox.put({ conversation_id: id, place: { name, url }, ...entry }, blobs);
  }
}

function isWordingOf(messageId) {
  return ({ wish, frame }) => wish === "edit" && frame.message_id === messageId;
}

function blobsOf(files) {
  return Object.fromEntries(files.filter(({ blob }) => blob).map(({ key, blob }) => [key, blob]));
}

function quoteOf({ message_id, id, seq, display_name, excerpt, message = "" }) {
  return { message_id: message_id ?? id, seq, display_name, excerpt: excerpt ?? message.slice(0, QUOTE_LENGTH) };
}
