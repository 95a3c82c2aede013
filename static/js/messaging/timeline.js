// A timeline is what one person sees of a conversation: some stretches of its messages, and behind them their own that are
// not sent yet.
//
//   message  what the server says of it (id, seq, revision, client_id, user_id, username, display_name, message, html,
//            timestamp, reply_to, attachments, previews, reactions, edited_at, deleted_at, kind, event ...) and, of ours,
//            key, state "sent", "sending" or "failed", reason, retryable,
//            edit {client_id, text, state, reason} while another wording of mine is on its way; text null: its deletion, and
//            reacting {emoji: whether I react so} while that is on its way.
//            One that is not sent has the id and the seq null. Messages are never altered, but replaced.
//   events   "put" (detail: {message, before}: new, changed or moved, to stand before the one with that key, or last),
//            "drop" (detail: {message}), "reset" (draw all anew, from `messages`, `holes`, `moreBefore` and `moreAfter`)
//            "beyond" (detail: {message}: it was said where nothing is loaded, behind the last page)
//   holes    [{after, before}]: the places between which nothing is loaded

import { Stretches } from "messaging/stretches.js";
import { messageIn } from "messaging/words.js";

const NO_PAGE = { messages: [], more_before: false, more_after: false };
const OURS = { state: "sent", reason: null, retryable: false, edit: null, reacting: {} };

export class Timeline extends EventTarget {
  #me;
  #sent = []; // by seq
  #pending = []; // as the outbox has them
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

  // Show this page instead of all.
  replace(page) {
    this.#fill(page);
    this.#say("reset");
    return this.#sent;
  }

  // The messages of a page from wherever it is, now that they are part of the timeline.
  add(page) {
    this.#stretch(page);
    return page.messages.map((frame) => this.#taken(messageIn(frame)));
  }

  // Let go of what is loaded outside of the places from `first` to `last`; the newest `tail` messages stay in any case.
  letGo({ first, last, tail }) {
    const newest = this.moreAfter ? Infinity : this.#sent.at(-tail)?.seq ?? 0;
    const start = Math.min(first, newest);
    if (!this.#sent.some(({ seq }) => seq < start || (seq > last && seq < newest))) return; // to draw it anew would be to ask again
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

  // A message was taken back: its place stays, its words go, also where they were quoted.
  tombstone({ message_id, revision, deleted_by, deleted_by_id, deleted_at }) {
    this.#unquote((quote) => quote.message_id === message_id);
    const message = this.withId(message_id);
    if (!message) return;
    const gone = { message: "", html: null, reply_to: null, attachments: [], previews: [], reactions: {}, pinned: null, forwarded: null, card: null, deleted_at: deleted_at ?? true };
    this.#replace(message, { ...message, ...gone, revision, deleted_by, deleted_by_id });
  }

  // Everything before this was taken away, also where it was quoted, and a line says so where it would be seen.
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

  // The server has it: only now it is "sent". Whatever is told of it from now on is newer than our draft.
  acknowledge({ client_id, message_id: id, seq, timestamp }) {
    const pending = this.#pending.find((message) => message.key === client_id);
    if (pending && this.withId(id)) this.#dropPending(client_id);
    else if (pending) this.upsert({ ...pending, id, seq, revision: 0, timestamp });
  }

  // What the outbox holds for this conversation, in order.
  showPending(waiting) {
    this.#showWishes(waiting.filter(({ wish }) => wish));
    const sent = new Set(this.#sent.map(({ key }) => key));
    const posts = waiting.filter(({ wish, client_id }) => !wish && !sent.has(client_id));
    const [before, keys] = [this.#pending, new Set(posts.map((kept) => kept.client_id))];
    this.#pending = posts.map((kept) => this.#draft(kept));
    for (const message of before) if (!keys.has(message.key) && !sent.has(message.key)) this.#say("drop", { message });
    const stayed = before.filter(({ key }) => keys.has(key));
    const changed = this.#pending.filter((message, place) => !isSame(message, stayed[place]));
    for (const message of changed.reverse()) this.#put(message); // each is to stand before one that stands
  }

  // -- within ----------------------------------------------------------------------------------------------------------

  #fill(page) {
    this.#sent = [];
    this.#stretches = new Stretches();
    this.#stretch(page);
    for (const message of page.messages) this.#insert(messageIn(message));
  }

  // Places are gapless, so a page is a range of them, even where it is empty.
  #stretch({ messages, first_seq, last_seq, more_before, more_after }) {
    const first = more_before ? messages[0]?.seq ?? first_seq : 0;
    const last = more_after ? messages.at(-1)?.seq ?? last_seq : Infinity;
    if (first <= last) this.#stretches.add(first, last);
  }

  #taken(message) {
    return this.withId(message.id) ?? this.#insert(message);
  }

  // Only an own message may answer to a client_id: anybody could repeat one they have seen.
  #keyOf({ id, client_id, user_id }) {
    return client_id && user_id === this.#me.id ? client_id : `m${id}`;
  }

  // What comes with its page.
  #leaveOut(message, { type }) {
    if (message.seq > this.#stretches.last && type !== "message_changed") this.#say("beyond", { message });
    this.#dropPending(this.#keyOf(message));
  }

  // A message that was pending leaves the end and takes its place among the sent.
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

// A file of ours has no address until the server has it.
function onItsWay({ key, name, size, content_type, uploaded }) {
  return uploaded ?? { id: key, name, size, content_type, url: null };
}

function hasArrived({ attachments }) {
  return attachments.map(({ id }) => id).join();
}
