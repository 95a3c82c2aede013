// A room is one conversation as a page has it open, of whatever kind: what is said in it, who is there, and our part in it.
//
//   data      what the page was given as "conversation"; messages: as "messages"
//   parts     connection, stream, outbox, timeline, typists, presence, reading: each an EventTarget of its own
//   status    see messaging/status.js;  mode "live" or "degraded";  event "status"
//   events    "refused" (detail: {code}: 4401 to sign-in, 4403 leave the room, 4400 an error),
//             "notice" (detail: {code, detail}: something that was asked for cannot be done),
//             "system" (detail: message: the conversation itself changed, see its `event`)

import { waitBefore } from "live/backoff.js";
import { browserClock } from "live/clock.js";
import { NOT_YOURS, SIGNED_OUT } from "live/close-codes.js";
import { Connection } from "live/connection.js";
import { newId } from "live/new-id.js";
import { RESYNC_WINDOW_MS, Stream } from "live/stream.js";
import { Delivery } from "messaging/delivery.js";
import { History } from "messaging/history.js";
import { Presence } from "messaging/presence.js";
import { Reading } from "messaging/reading.js";
import { statusOf } from "messaging/status.js";
import { Timeline } from "messaging/timeline.js";
import { Typing } from "messaging/typing.js";
import { deleting, editing, isFulfilled, reacting } from "messaging/wishes.js";
import { bodyOf, frameOf, messageIn, wellFormed } from "messaging/words.js";

const REFUSALS = { 401: SIGNED_OUT, 403: NOT_YOURS, 404: NOT_YOURS }; // what HTTP says as the line would
const OUT_OF_STEP = "This conversation could not be brought up to date. It is tried again in a minute.";

export class Room extends EventTarget {
  #data;
  #history;
  #delivery;
  #clock;
  #random;
  #reads = new Set(); // for each page that is being fetched, the changes that came meanwhile
  #reloading = null; // a promise
  #error = null;
  #isClosed = false;
  #shown = "";

  mode = "live";

  constructor({ data, messages = [], outbox, WebSocket, fetch, clock = browserClock, random = Math.random, events = globalThis }) {
    super();
    this.#data = data;
    this.#clock = clock;
    this.#random = random;
    this.me = data.me;
    this.outbox = outbox;
    this.#history = new History({ url: data.history_url, fetch });
    this.connection = new Connection({ url: () => this.stream.address(data.socket_url), WebSocket, clock, random, events });
    this.stream = new Stream({ connection: this.connection, revision: data.revision, epoch: data.epoch, clock });
    this.#furnish(messages);
    this.#listen();
  }

  // -- opening ---------------------------------------------------------------------------------------------------------

  open() {
    this.connection.open();
    this.outbox.ready.then(() => this.#outboxChanged());
  }

  close() {
    this.#isClosed = true;
    this.connection.close();
  }

  retryNow() {
    this.connection.retryNow();
  }

  get status() {
    const waiting = this.#kept().filter(({ state, wish }) => state === "waiting" && !wish).length;
    const stream = this.#reloading ? { state: "catching up" } : this.stream;
    return statusOf({ connection: this.connection, stream, waiting, error: this.#error });
  }

  // -- speaking --------------------------------------------------------------------------------------------------------

  // Always possible, whatever the line does. `replyTo`: a message; `attachments`: uploads as the server described them.
  // The client_id, which is the key of the message in the timeline.
  say(text, { replyTo = null, attachments = [] } = {}) {
    const quote = replyTo && quoteOf(replyTo);
    const clientId = newId();
    const said = { text: wellFormed(text), clientId, replyTo: quote, attachments };
    const post = { url: this.#data.post_url, body: bodyOf(said) };
    this.#put({ client_id: clientId, frame: frameOf(this.#data, said), text: said.text, reply_to: quote, attachments, post });
    this.typists.posted();
    return clientId;
  }

  edit(messageId, text) {
    for (const { client_id, frame } of this.#wishes("edit")) if (frame.message_id === messageId) this.outbox.remove(client_id);
    this.#wish("edit", messageId, (message) => editing(message, wellFormed(text)), text);
  }

  remove(messageId) {
    this.#wish("delete", messageId, deleting);
  }

  react(messageId, emoji, on) {
    this.#wish("react", messageId, (message) => reacting(message, emoji, on));
  }

  // What has failed is sent again; or thrown away; or taken back, to be changed: its {text, reply_to, attachments}.
  retry(clientId) {
    return this.outbox.retry(clientId);
  }

  discard(clientId) {
    return this.outbox.remove(clientId);
  }

  takeBack(clientId) {
    const entry = this.outbox.entry(clientId);
    this.outbox.remove(clientId);
    return entry;
  }

  markRead(message) {
    this.reading.read(message);
  }

  markUnread(message) {
    this.reading.unread(message);
  }

  typing() {
    this.typists.tell();
  }

  stopTyping() {
    this.typists.stop();
  }

  // -- pages of the past: each resolves to {messages, more_before, more_after}, or rejects with a HistoryError ------------

  loadBefore(seq = this.timeline.firstSeq) {
    return this.#read({ before: seq }, (page) => this.timeline.add(page));
  }

  loadAfter(seq = this.timeline.lastSeq) {
    return this.#read({ after: seq }, (page) => this.timeline.add(page));
  }

  loadAround(seq) {
    return this.#read({ around: seq }, (page) => this.timeline.show(page));
  }

  loadNewest() {
    return this.#read({}, (page) => this.timeline.show(page));
  }

  // -- within ----------------------------------------------------------------------------------------------------------

  #furnish(messages) {
    const { me, id, read_seq: readSeq, reads, more_before, more_after } = this.#data;
    const clock = this.#clock;
    const send = (frame) => this.connection.send(frame);
    this.timeline = new Timeline({ me, page: { messages, more_before, more_after } });
    this.typists = new Typing({ me, send, clock });
    this.presence = new Presence();
    this.reading = new Reading({ me, send, readSeq, reads, clock });
    this.#delivery = new Delivery({ outbox: this.outbox, conversationId: id, send, clock, random: this.#random });
  }

  #listen() {
    this.connection.addEventListener("state", () => this.#lineChanged());
    this.connection.addEventListener("refused", ({ detail }) => this.#refused(detail));
    this.stream.addEventListener("state", () => this.#statusChanged());
    this.stream.addEventListener("change", ({ detail }) => this.#changed(detail));
    this.stream.addEventListener("other", ({ detail }) => this.#hear(detail));
    this.stream.addEventListener("synced", () => this.#delivery.lineOpened());
    this.stream.addEventListener("reset", () => this.#startAnew());
    this.stream.addEventListener("broken", () => this.#mend());
    this.stream.addEventListener("failed", () => this.#failed());
    this.outbox.addEventListener("removed", ({ detail }) => detail.ack && this.timeline.acknowledge(detail.ack));
    this.outbox.addEventListener("change", () => this.#outboxChanged());
  }

  #lineChanged() {
    if (this.connection.state !== "open") {
      this.#delivery.lineClosed(this.connection.closeCode);
      this.typists.forget();
    }
    this.#statusChanged();
  }

  #hear(frame) {
    switch (frame.type) {
      case "welcome":
        return this.#welcomed(frame);
      case "ack":
        return this.#delivery.arrived(frame.client_id, frame);
      case "error":
        return this.#complained(frame);
      case "mode":
        return this.#modeIs(frame.mode);
      case "message_marked_read":
        return this.reading.hear(frame);
      case "user_typing":
      case "user_stop_typing":
        return this.typists.hear(frame);
      case "presence_update":
        return this.presence.hear(frame);
      case "user_join":
        return this.presence.came(frame);
      case "user_leave":
        this.typists.end(frame.user_id);
        return this.presence.left(frame);
    }
  }

  #welcomed({ limits, mode, read_seq, reads }) {
    this.#delivery.limit(limits);
    this.presence.restart();
    this.reading.welcomed({ read_seq, reads });
    this.#modeIs(mode);
  }

  #modeIs(mode) {
    this.mode = mode;
    this.#statusChanged();
  }

  #complained(frame) {
    if (frame.client_id && this.outbox.entry(frame.client_id)) this.#delivery.refused(frame);
    else this.#say("notice", frame);
  }

  // A change may come while a page is on its way that was read before it: then it is made again on that page.
  #changed(frame) {
    for (const missed of this.#reads) missed.push(frame);
    this.#apply(frame);
  }

  #apply(frame) {
    switch (frame.type) {
      case "message_deleted":
        this.timeline.tombstone(frame);
        break;
      case "messages_cleared":
        this.timeline.clear(frame);
        break;
      case "chat_message":
      case "new_comment":
      case "message_changed":
        this.#heardSaid(frame);
    }
    this.#settleWishes();
  }

  #heardSaid(frame) {
    const message = messageIn(frame);
    this.timeline.upsert(frame);
    this.typists.end(message.user_id);
    this.#recognise([message]);
    if (message.kind === "system") this.#say("system", message);
  }

  // What the outbox holds and the conversation has already needs no sending.
  #recognise(messages) {
    for (const { id, client_id, user_id, seq, revision, timestamp } of messages) {
      if (user_id !== this.me.id || !this.outbox.entry(client_id)) continue;
      this.#delivery.arrived(client_id, { client_id, message_id: id, seq, revision, timestamp });
    }
  }

  // -- the outbox --------------------------------------------------------------------------------------------------------

  #kept() {
    return this.outbox.waiting(this.#data.id);
  }

  #wishes(kind) {
    return this.#kept().filter(({ wish }) => wish && (!kind || wish === kind));
  }

  #put(entry) {
    this.outbox.put({ conversation_id: this.#data.id, ...entry });
  }

  #wish(wish, messageId, framed, text = "") {
    const message = this.timeline.withId(messageId);
    if (!message) return;
    const client_id = newId();
    const frame = { ...framed(message), client_id };
    if (!isFulfilled(frame, message, this.me)) this.#put({ client_id, frame, text, wish });
  }

  #settleWishes() {
    for (const { client_id, frame } of this.#wishes()) {
      const message = this.timeline.withId(frame.message_id);
      if (message && isFulfilled(frame, message, this.me)) this.#delivery.arrived(client_id, null);
    }
  }

  #outboxChanged() {
    this.#recognise(this.timeline.messages.filter(({ state }) => state === "sent"));
    this.#reportWishes();
    this.timeline.showPending(this.#kept());
    this.#statusChanged();
  }

  // A wording that was refused waits for its author; other wishes are over.
  #reportWishes() {
    for (const { client_id, wish, state, reason } of this.#wishes()) {
      if (state !== "failed" || wish === "edit") continue;
      this.outbox.remove(client_id);
      this.#say("notice", { code: wish, detail: reason });
    }
  }

  // -- pages ---------------------------------------------------------------------------------------------------------------

  async #read(place, show) {
    const missed = [];
    this.#reads.add(missed);
    try {
      const page = await this.#history.page(place);
      const messages = show(page);
      for (const frame of missed) if (frame.revision > page.revision) this.#apply(frame);
      this.#recognise(messages);
      this.timeline.showPending(this.#kept());
      return { ...page, messages: messages.map(({ id }) => this.timeline.withId(id)).filter(Boolean) };
    } finally {
      this.#reads.delete(missed);
    }
  }

  // The newest page, however long it takes, and once however many want it; null if the room was closed meanwhile.
  #reload() {
    this.#reloading ??= this.#reloadUntilDone().finally(() => {
      this.#reloading = null;
      this.#statusChanged();
    });
    this.#statusChanged();
    return this.#reloading;
  }

  async #reloadUntilDone() {
    for (let attempt = 1; !this.#isClosed; attempt += 1) {
      try {
        return await this.#read({}, (page) => this.timeline.replace(page));
      } catch (error) {
        if (REFUSALS[error.status]) return this.#refused({ code: REFUSALS[error.status] });
        await new Promise((resolve) => this.#clock.setTimeout(resolve, waitBefore(Math.min(attempt, 8), this.#random)));
      }
    }
    return null;
  }

  #startAnew() {
    this.#error = null;
    this.#delivery.lineOpened();
    this.#reload();
  }

  async #mend() {
    const page = await this.#reload();
    if (!page) return;
    this.#error = null;
    this.stream.restart(page);
    this.#statusChanged();
  }

  // An honest error, and another look when the minute is over.
  #failed() {
    this.#error = OUT_OF_STEP;
    this.#statusChanged();
    this.#clock.setTimeout(() => this.stream.state === "failed" && this.#mend(), RESYNC_WINDOW_MS);
  }

  #refused({ code }) {
    if (this.#isClosed) return null;
    this.close();
    this.#error = code === SIGNED_OUT ? "You are signed out." : "The server has closed this conversation.";
    this.#statusChanged();
    this.#say("refused", { code });
    return null;
  }

  #statusChanged() {
    const shown = JSON.stringify([this.status, this.mode]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#say("status", this.status);
  }

  #say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function quoteOf({ message_id, id, display_name, excerpt, message = "" }) {
  return { message_id: message_id ?? id, display_name, excerpt: excerpt ?? message.slice(0, 140) };
}
