// A timeline is what is loaded of a conversation: some stretches of its messages and, after them, our own that are not sent yet.
//
//   message  what the server says of it (id, seq, revision, client_id, user_id, username, display_name, message, html,
//            timestamp, reply_to, attachments, previews, reactions, edited_at, deleted_at, kind, event ...) and, of ours,
//            key, state "sent", "sending" or "failed", reason, retryable,
//            edit {client_id, text, state, reason} while a new text is being sent, or the deletion (text null), and
//            reacting {emoji: on or off} while a reaction is being sent.
//            One that is not sent has null as id and seq. Messages are never altered, but replaced.
//   events   "put" (detail: {message, before}: it is new, changed or moved, and stands before the one with that key, or last),
//            "drop" (detail: {message}), "reset" (draw all again, from `messages`, `holes`, `moreBefore` and `moreAfter`),
//            "beyond" (detail: {message}: it was posted after the last page that is loaded)
//   holes    [{after, before}]: the seqs between which nothing is loaded

import { Stretches } from "messaging/stretches.js";
import { messageIn } from "messaging/words.js";

const NO_PAGE = { messages: [], more_before: false, more_after: false };
const OURS = { state: "sent", reason: null, retryable: false, edit: null, reacting: {} };

export class Timeline extends EventTarget {
  #me;
  #sent = []; // by seq
  #pending = []; // in the order of the outbox
  #stretches;

  constructor({ me, page = NO_PAGE }) {
    super();
    this.#me = me;
    this.#fill(page);
  }

  get messages() {
    return [...this.#sent, ...this.#pending];
  }

  get firstSeq() {
    return this.#sent[0]?.seq ?? null;
  }

  get lastSeq() {
    return this.#sent.at(-1)?.seq ?? null;
  }

  get moreBefore() {
    return this.#stretches.first > 0;
  }

  get moreAfter() {
    return this.#stretches.last < Infinity;
  }

  get holes() {
    return this.#stretches.holes;
  }

  withId(id) {
    return this.#sent.find((message) => message.id === id);
  }

  withKey(key) {
    return this.messages.find((message) => message.key === key);
  }

  // -- pages -----------------------------------------------------------------------------------------------------------

  // Replace all by this page.
  replace(page) {
    this.#fill(page);
    this.#say("reset");
    return this.#sent;
  }

  // Add a page from anywhere; returns its messages as they are in the timeline.
  add(page) {
    this.#stretch(page);
    return page.messages.map((frame) => this.#taken(messageIn(frame)));
  }

  // Unload messages outside of the seqs from `first` to `last`, except the newest `tail` messages.
  letGo({ first, last, tail }) {
    const newest = this.moreAfter ? Infinity : this.#sent.at(-tail)?.seq ?? 0;
    const start = Math.min(first, newest);
    if (!this.#sent.some(({ seq }) => seq < start || (seq > last && seq < newest))) return; // else drawing all again would call this again
    this.#stretches.drop(-Infinity, start - 1);
    this.#stretches.drop(last + 1, newest - 1);
    this.#sent = this.#sent.filter(({ seq }) => this.#stretches.has(seq));
    this.#say("reset");
  }

  // -- changes ---------------------------------------------------------------------------------------------------------

  // A message as it is now: new, or changed.
  upsert(frame) {
    const message = messageIn(frame);
    const known = this.withId(message.id);
    if (known) this.#replace(known, message);
    else if (this.#stretches.has(message.seq)) this.#put(this.#insert(message));
    else this.#leaveOut(message, frame);
  }

  // A message was deleted: its place stays, its text goes, also where it is quoted.
  tombstone({ message_id, revision, deleted_by, deleted_by_id, deleted_at }) {
    this.#unquote((quote) => quote.message_id === message_id);
    const message = this.withId(message_id);
    if (!message) return;
    const gone = { message: "", html: null, reply_to: null, attachments: [], previews: [], reactions: {}, pinned: null, forwarded: null, card: null, deleted_at: deleted_at ?? true };
    this.#replace(message, { ...message, ...gone, revision, deleted_by, deleted_by_id });
  }

  // Everything up to this was cleared, also where it is quoted. A system message says so, if its place is loaded.
  clear(line) {
    const { seq } = line;
    this.#sent = this.#sent.filter((message) => message.seq > seq);
    this.#unquote((quote) => quote.seq <= seq);
    if (this.#stretches.first <= seq + 1) {
      this.#stretches.drop(-Infinity, seq);
      this.#stretches.add(0, seq);
      this.#insert(messageIn(line));
    }
    this.#say("reset");
  }

  // The server has the message, so it is "sent" now. Its revision is 0 until the server tells it, so that any frame is newer.
  acknowledge({ client_id, message_id: id, seq, timestamp }) {
    const pending = this.#pending.find((message) => message.key === client_id);
    if (pending && this.withId(id)) this.#dropPending(client_id);
    else if (pending) this.upsert({ ...pending, id, seq, revision: 0, timestamp });
  }

  // Show the outbox's entries of this conversation, `waiting`, in their order.
  showPending(waiting) {
    this.#showWishes(waiting.filter(({ wish }) => wish));
    const sent = new Set(this.#sent.map(({ key }) => key));
    const posts = waiting.filter(({ wish, client_id }) => !wish && !sent.has(client_id));
    const [before, keys] = [this.#pending, new Set(posts.map((kept) => kept.client_id))];
    this.#pending = posts.map((kept) => this.#draft(kept));
    for (const message of before) if (!keys.has(message.key) && !sent.has(message.key)) this.#say("drop", { message });
    const stayed = before.filter(({ key }) => keys.has(key));
    const changed = this.#pending.filter((message, place) => !isSame(message, stayed[place]));
    for (const message of changed.reverse()) this.#put(message); // last first, since each is put before one that is there
  }

  // -- within ----------------------------------------------------------------------------------------------------------

  #fill(page) {
    this.#sent = [];
    this.#stretches = new Stretches();
    this.#stretch(page);
    for (const message of page.messages) this.#insert(messageIn(message));
  }

  // Seqs have no gaps, so a page is a range of them, even if it is empty.
  #stretch({ messages, first_seq, last_seq, more_before, more_after }) {
    const first = more_before ? messages[0]?.seq ?? first_seq : 0;
    const last = more_after ? messages.at(-1)?.seq ?? last_seq : Infinity;
    if (first <= last) this.#stretches.add(first, last);
  }

  #taken(message) {
    return this.withId(message.id) ?? this.#insert(message);
  }

  // Only our own messages have their client_id as key: others could repeat one that they have seen.
  #keyOf({ id, client_id, user_id }) {
    return client_id && user_id === this.#me.id ? client_id : `m${id}`;
  }

  // Its place is not loaded: it comes with its page.
  #leaveOut(message, { type }) {
    if (message.seq > this.#stretches.last && type !== "message_changed") this.#say("beyond", { message });
    this.#dropPending(this.#keyOf(message));
  }

  // A message that was pending moves from the end to its place among the sent ones.
  #insert(message) {
    const ours = { ...message, ...OURS, key: this.#keyOf(message) };
    this.#pending = this.#pending.filter(({ key }) => key !== ours.key);
    let place = this.#sent.length;
    while (place > 0 && this.#sent[place - 1].seq > ours.seq) place -= 1;
    this.#sent.splice(place, 0, ours);
    return ours;
  }

  #replace(known, message) {
    if (known.revision > message.revision) return;
    const changed = { ...known, ...message, key: known.key };
    this.#sent[this.#sent.indexOf(known)] = changed;
    this.#put(changed);
  }

  #draft({ client_id, text, created, state, reason, retryable, reply_to = null, files = [] }) {
    const attachments = files.map(onItsWay);
    const author = { user_id: this.#me.id, username: this.#me.username, display_name: this.#me.name, avatar: this.#me.avatar ?? null };
    const place = { id: null, seq: null, revision: 0, client_id, timestamp: new Date(created).toISOString() };
    const said = { message: text, html: null, reply_to, attachments, reactions: {}, kind: "said" };
    return { ...place, ...author, ...said, ...OURS, key: client_id, state: shownState(state), reason, retryable };
  }

  #showWishes(wishes) {
    for (const message of [...this.#sent]) {
      const { edit, reacting } = message;
      const wished = wishedIn(wishes.filter(({ frame }) => frame.message_id === message.id));
      if (JSON.stringify(wished) !== JSON.stringify({ edit, reacting })) this.#replace(message, wished);
    }
  }

  #unquote(isGone) {
    for (const message of [...this.#sent]) {
      const quote = message.reply_to;
      if (quote?.excerpt && isGone(quote)) this.#replace(message, { reply_to: { ...quote, excerpt: "" } });
    }
  }

  #dropPending(key) {
    const message = this.#pending.find((pending) => pending.key === key);
    if (!message) return;
    this.#pending = this.#pending.filter((pending) => pending !== message);
    this.#say("drop", { message });
  }

  #put(message) {
    const messages = this.messages;
    this.#say("put", { message, before: messages[messages.indexOf(message) + 1]?.key ?? null });
  }

  #say(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function shownState(state) {
  return state === "failed" ? "failed" : "sending";
}

function wishedIn(wishes) {
  const edit = wishes.findLast(({ wish }) => wish === "edit" || wish === "delete");
  const reactions = wishes.filter(({ wish }) => wish === "react").map(({ frame: { emoji, on } }) => [emoji, on]);
  return { edit: editOf(edit), reacting: Object.fromEntries(reactions) };
}

function editOf(kept) {
  if (!kept) return null;
  const { client_id, wish, text, state, reason } = kept;
  return { client_id, text: wish === "edit" ? text : null, state: shownState(state), reason };
}

function isSame(one, other) {
  return other && one.key === other.key && one.state === other.state && one.reason === other.reason && hasArrived(one) === hasArrived(other);
}

// A file has no URL until it is uploaded.
function onItsWay({ key, name, size, content_type, uploaded }) {
  return uploaded ?? { id: key, name, size, content_type, url: null };
}

function hasArrived({ attachments }) {
  return attachments.map(({ id }) => id).join();
}
