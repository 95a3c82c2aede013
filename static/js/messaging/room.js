// A room is one conversation as a page has it open, of whatever kind: what is said in it, who is there, and our part in it.
//
//   data      what the page was given as "conversation"; messages: as "messages"
//   parts     connection, stream, outbox, timeline, typists, presence, reading: each an EventTarget of its own
//   status    see messaging/status.js;  mode "live" or "degraded";  event "status" (detail: the status)
//   events    "refused" (detail: {code}: 4401 to sign-in, 4403 leave the room, 4400 an error),
//             "notice" (detail: {code, detail}: something that was asked for cannot be done),
//             "system" (detail: message: the conversation itself changed, see its `event`)

import { browserClock } from "live/clock.js";
import { NOT_YOURS, SIGNED_OUT } from "live/close-codes.js";
import { Connection } from "live/connection.js";
import { RESYNC_WINDOW_MS, Stream } from "live/stream.js";
import { Delivery } from "messaging/delivery.js";
import { History } from "messaging/history.js";
import { Pages } from "messaging/pages.js";
import { Presence } from "messaging/presence.js";
import { Reading } from "messaging/reading.js";
import { statusOf } from "messaging/status.js";
import { Timeline } from "messaging/timeline.js";
import { Typing } from "messaging/typing.js";
import { Voice } from "messaging/voice.js";
import { messageIn } from "messaging/words.js";

const OUT_OF_STEP = "This conversation could not be brought up to date. It is tried again in a minute.";
const ENDED = "The server has closed this conversation.";
const SIGN_IN = "You are signed out.";

export class Room extends EventTarget {
  #clock;
  #delivery;
  #pages;
  #voice;
  #error = null;
  #shown = "";

  mode = "live";

  constructor({ data, messages = [], outbox, WebSocket, fetch, clock = browserClock, random = Math.random, events = globalThis }) {
    super();
    this.#clock = clock;
    this.outbox = outbox;
    this.connection = new Connection({ url: () => this.stream.address(data.socket_url), WebSocket, clock, random, events });
    this.stream = new Stream({ connection: this.connection, revision: data.revision, epoch: data.epoch, clock });
    this.#furnish({ data, messages, fetch, random });
    this.#listen();
  }

  open() {
    this.connection.open();
    this.outbox.ready.then(() => this.#voice.show());
  }

  close() {
    this.connection.close();
  }

  retryNow() {
    this.connection.retryNow();
  }

  get status() {
    const stream = this.#pages.isReloading ? { state: "catching up" } : this.stream;
    return statusOf({ connection: this.connection, stream, waiting: this.#voice.waiting, error: this.#error });
  }

  // -- our part ----------------------------------------------------------------------------------------------------------

  // Always possible, whatever the line does. `replyTo`: a message; `attachments`: uploads as the server described them.
  // The client_id, which is the key of the message in the timeline.
  say(text, { replyTo = null, attachments = [] } = {}) {
    this.typists.posted();
    return this.#voice.say(text, { replyTo, attachments });
  }

  edit(messageId, text) {
    this.#voice.edit(messageId, text);
  }

  remove(messageId) {
    this.#voice.remove(messageId);
  }

  react(messageId, emoji, on) {
    this.#voice.react(messageId, emoji, on);
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

  // -- pages of the past: each resolves to {messages, more_before, more_after}, or rejects with a HistoryError -----------

  loadBefore(seq = this.timeline.firstSeq) {
    return this.#pages.add({ before: seq }).finally(() => this.#voice.show());
  }

  loadAfter(seq = this.timeline.lastSeq) {
    return this.#pages.add({ after: seq }).finally(() => this.#voice.show());
  }

  loadAround(seq) {
    return this.#pages.show({ around: seq }).finally(() => this.#voice.show());
  }

  loadNewest() {
    return this.#pages.show({}).finally(() => this.#voice.show());
  }

  // -- within ------------------------------------------------------------------------------------------------------------

  #furnish({ data, messages, fetch, random }) {
    const { me, id, read_seq: readSeq, reads, more_before, more_after } = data;
    const [outbox, clock, send] = [this.outbox, this.#clock, (frame) => this.connection.send(frame)];
    this.timeline = new Timeline({ me, page: { messages, more_before, more_after } });
    this.typists = new Typing({ me, send, clock });
    this.presence = new Presence();
    this.reading = new Reading({ me, send, readSeq, reads, clock });
    this.#delivery = new Delivery({ outbox, conversationId: id, send, clock, random });
    this.#voice = new Voice({ data, outbox, timeline: this.timeline, delivery: this.#delivery });
    const history = new History({ url: data.history_url, fetch });
    this.#pages = new Pages({ history, timeline: this.timeline, apply: (frame) => this.#apply(frame), clock, random });
  }

  #listen() {
    const hear = (part, name, listener) => part.addEventListener(name, ({ detail }) => listener(detail));
    hear(this.connection, "state", () => this.#lineChanged());
    hear(this.connection, "refused", (refusal) => this.#refused(refusal));
    hear(this.stream, "state", () => this.#statusChanged());
    hear(this.stream, "change", (frame) => this.#changed(frame));
    hear(this.stream, "other", (frame) => this.#hear(frame));
    hear(this.stream, "synced", () => this.#delivery.lineOpened());
    hear(this.stream, "reset", () => this.#startAnew());
    hear(this.stream, "broken", () => this.#mend());
    hear(this.stream, "failed", () => this.#failed());
    hear(this.outbox, "change", () => this.#statusChanged());
    hear(this.#voice, "notice", (notice) => this.#say("notice", notice));
  }

  #lineChanged() {
    if (this.connection.state !== "open") {
      this.#delivery.lineClosed(this.connection.closeCode);
      this.typists.forget();
    }
    this.#statusChanged();
  }

  // -- frames ------------------------------------------------------------------------------------------------------------

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

  #changed(frame) {
    this.#pages.note(frame);
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
    this.#voice.settle();
  }

  #heardSaid(frame) {
    const message = messageIn(frame);
    this.timeline.upsert(frame);
    this.typists.end(message.user_id);
    this.#voice.recognise([message]);
    if (message.kind === "system") this.#say("system", message);
  }

  // -- when counting on does not help ------------------------------------------------------------------------------------

  #startAnew() {
    this.#delivery.lineOpened();
    this.#reload();
  }

  async #mend() {
    const page = await this.#reload();
    if (page) this.stream.restart(page);
  }

  // The newest page, or nothing if it is not for us.
  async #reload() {
    const reload = this.#pages.reload();
    this.#statusChanged();
    try {
      const page = await reload;
      this.#error = null;
      return page;
    } catch ({ status }) {
      this.connection.close();
      this.#refused({ code: status === 401 ? SIGNED_OUT : NOT_YOURS });
    } finally {
      this.#voice.show();
      this.#statusChanged();
    }
  }

  // An honest error, and another look when the minute is over.
  #failed() {
    this.#error = OUT_OF_STEP;
    this.#statusChanged();
    this.#clock.setTimeout(() => this.stream.state === "failed" && this.#mend(), RESYNC_WINDOW_MS);
  }

  #refused({ code }) {
    this.#error = code === SIGNED_OUT ? SIGN_IN : ENDED;
    this.#statusChanged();
    this.#say("refused", { code });
  }

  // -- saying so ---------------------------------------------------------------------------------------------------------

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
