// A room is one conversation, of whatever kind, that a page has open: its messages, the people there, and what we do in it.
//
//   data      what the page was given as "conversation"; messages: as "messages"
//   line      further arguments of the connection (live/connection.js)
//   parts     connection, stream, outbox, timeline, typists, presence, reading: each an EventTarget of its own
//   status    see messaging/status.js;  mode "live" or "degraded";  event "status" (detail: the status)
//   events    "refused" (detail: {code}: 4401 to sign-in, 4403 leave the room, 4400 an error),
//             "notice" (detail: {code, detail}: something that we asked for is refused),
//             "system" (detail: message: the conversation itself changed, see its `event`)

import { gettext } from "language/gettext.js";
import { browserClock } from "live/clock.js";
import { FORBIDDEN, SIGNED_OUT } from "live/close-codes.js";
import { Connection } from "live/connection.js";
import { RESYNC_WINDOW_MS, Stream } from "live/stream.js";
import { Delivery } from "messaging/delivery.js";
import { History } from "messaging/history.js";
import { Incoming } from "messaging/incoming.js";
import { Outgoing } from "messaging/outgoing.js";
import { Pages } from "messaging/pages.js";
import { Pins } from "messaging/pins.js";
import { Presence } from "messaging/presence.js";
import { Reading } from "messaging/reading.js";
import { statusOf } from "messaging/status.js";
import { Timeline } from "messaging/timeline.js";
import { Typing } from "messaging/typing.js";

const OUT_OF_STEP = gettext("This conversation could not be brought up to date. It is tried again in a minute.");
const ENDED = gettext("The server has closed this conversation.");
const SIGN_IN = gettext("You are signed out.");

export class Room extends EventTarget {
  #clock;
  #delivery;
  #incoming;
  #pages;
  #outgoing;
  #error = null;
  #shown = "";
  #ended = new AbortController();

  constructor({ data, messages = [], outbox, line = {}, fetch, clock = browserClock, random = Math.random, events = globalThis }) {
    super();
    this.#clock = clock;
    this.outbox = outbox;
    this.connection = new Connection({ url: () => this.stream.address(data.socket_url), userId: data.me.id, clock, random, events, ...line });
    this.stream = new Stream({ connection: this.connection, revision: data.revision, epoch: data.epoch, clock });
    this.#furnish({ data, messages, fetch, random });
    this.#listen();
  }

  // `first`: a promise; the line is opened after it.
  open(first = null) {
    this.outbox.ready.then(() => this.#outgoing.show());
    if (first) first.then(() => this.#ended.signal.aborted || this.connection.open());
    else this.connection.open();
  }

  // For good. The postman sends what is not sent yet.
  close() {
    this.tellRead();
    this.#ended.abort();
    this.connection.close();
  }

  retryNow() {
    this.connection.retryNow();
  }

  get mode() {
    return this.#incoming.mode;
  }

  get status() {
    const stream = this.#pages.isReloading ? { state: "catching up" } : this.stream;
    const [{ waiting }, { canSave }] = [this.#outgoing, this.#delivery];
    return statusOf({ connection: this.connection, stream, waiting, isKept: this.outbox.isDurable, canSave, error: this.#error });
  }

  // -- our part ----------------------------------------------------------------------------------------------------------

  // Possible without a line too. `replyTo`: a message; `files`: as in live/outbox.js, each with its blob. Returns the client_id,
  // which is the key of the message in the timeline.
  say(text, { replyTo = null, files = [] } = {}) {
    this.typists.posted();
    return this.#outgoing.say(text, { replyTo, files });
  }

  edit(messageId, text) {
    this.#outgoing.edit(messageId, text);
  }

  remove(messageId) {
    this.#outgoing.remove(messageId);
  }

  react(messageId, emoji, on) {
    this.#outgoing.react(messageId, emoji, on);
  }

  pin(messageId, on) {
    this.#outgoing.pin(messageId, on);
  }

  removePreview(messageId, url) {
    this.#outgoing.removePreview(messageId, url);
  }

  // Send a message that failed again, or discard it.
  retry(clientId) {
    return this.outbox.retry(clientId);
  }

  discard(clientId) {
    return this.outbox.remove(clientId);
  }

  // Tell the server how far we have read, before the page is hidden or closed.
  tellRead() {
    const untold = this.reading.tellNow();
    if (untold) this.#outgoing.read(untold);
  }

  markRead(message) {
    if (this.reading.read(message)) this.#outgoing.readAfterAll();
  }

  markUnread(message) {
    this.#outgoing.unread(message);
    this.reading.unread(message);
  }

  typing() {
    this.typists.tell();
  }

  stopTyping() {
    this.typists.stop();
  }

  // -- pages of the past: each resolves to {messages, more_before, more_after}, or rejects with a HistoryError -----------

  loadBefore(seq = this.timeline.firstSeq) {
    return this.#pages.add({ before: seq }).finally(() => this.#outgoing.show());
  }

  loadAfter(seq = this.timeline.lastSeq) {
    return this.#pages.add({ after: seq }).finally(() => this.#outgoing.show());
  }

  loadAround(seq) {
    return this.#pages.add({ around: seq }).finally(() => this.#outgoing.show());
  }

  // A day such as "2026-11-23" in the reader's time zone; the answer's `around` is the seq of its first message.
  loadDay(date) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    return this.#pages.add({ date, zone }).finally(() => this.#outgoing.show());
  }

  loadNewest() {
    return this.#pages.add({}).finally(() => this.#outgoing.show());
  }

  // -- within ------------------------------------------------------------------------------------------------------------

  #furnish({ data, messages, fetch, random }) {
    const { me, id, read_seq: readSeq, reads, more_before, more_after } = data;
    const [outbox, clock, send] = [this.outbox, this.#clock, (frame) => this.connection.send(frame)];
    const { signal } = this.#ended;
    this.timeline = new Timeline({ me, page: { messages, more_before, more_after } });
    this.typists = new Typing({ me, send, clock });
    this.presence = new Presence();
    this.pins = new Pins();
    this.reading = new Reading({ me, send, readSeq, reads, unreadFrom: () => this.#outgoing.unreadFrom, clock });
    this.#delivery = new Delivery({ outbox, conversationId: id, send, clock, random, signal });
    this.#outgoing = new Outgoing({ data, outbox, timeline: this.timeline, delivery: this.#delivery, signal });
    const history = new History({ url: data.history_url, fetch });
    this.#pages = new Pages({ history, timeline: this.timeline, apply: (frame) => this.#incoming.apply(frame), clock, random, signal });
    this.#incoming = new Incoming({ room: this, delivery: this.#delivery, outgoing: this.#outgoing, pages: this.#pages });
  }

  #listen() {
    const hear = (part, name, listener) => part.addEventListener(name, ({ detail }) => listener(detail), { signal: this.#ended.signal });
    hear(this.connection, "state", () => this.#lineChanged());
    hear(this.connection, "refused", (refusal) => this.#refused(refusal));
    hear(this.stream, "state", () => this.#statusChanged());
    hear(this.stream, "synced", () => this.#delivery.lineOpened());
    hear(this.stream, "reset", () => this.#startAnew());
    hear(this.stream, "broken", () => this.#mend());
    hear(this.stream, "failed", () => this.#failed());
    hear(this.outbox, "change", () => this.#statusChanged());
    hear(this.#outgoing, "notice", (notice) => this.#say("notice", notice));
    hear(this.#incoming, "notice", (notice) => this.#say("notice", notice));
    hear(this.#incoming, "system", (message) => this.#say("system", message));
    for (const change of ["mode", "refused"]) hear(this.#incoming, change, () => this.#statusChanged());
  }

  #lineChanged() {
    if (this.connection.state !== "open") {
      this.#delivery.lineClosed(this.connection.closeCode);
      this.typists.forget();
    }
    this.#statusChanged();
  }

  // -- when changes are missing ------------------------------------------------------------------------------------------

  #startAnew() {
    this.#delivery.lineOpened();
    this.#reload();
  }

  async #mend() {
    const page = await this.#reload();
    if (page) this.stream.restart(page);
    if (this.stream.state === "live") this.#delivery.lineOpened(); // it may be a new line, since it was last synced
  }

  // Resolves to the newest page, or to undefined if we may not read it.
  async #reload() {
    const reload = this.#pages.reload();
    this.#statusChanged();
    try {
      const page = await reload;
      this.#error = null;
      return page;
    } catch ({ status }) {
      if (this.#ended.signal.aborted) return; // somebody is on another page by now
      this.connection.close();
      this.#refused({ code: status === 401 ? SIGNED_OUT : FORBIDDEN });
    } finally {
      this.#outgoing.show();
      this.#statusChanged();
    }
  }

  // Show an error, and try again when the minute is over.
  #failed() {
    this.#error = OUT_OF_STEP;
    this.#statusChanged();
    this.#clock.setTimeout(() => !this.#ended.signal.aborted && this.stream.state === "failed" && this.#mend(), RESYNC_WINDOW_MS);
  }

  #refused({ code }) {
    this.#error = code === SIGNED_OUT ? SIGN_IN : ENDED;
    this.#statusChanged();
    this.#say("refused", { code });
  }

  // -- events ------------------------------------------------------------------------------------------------------------

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
