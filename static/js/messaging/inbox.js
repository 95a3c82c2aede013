// The inbox is what concerns me alone: my conversations and what is unread there, notifications, saved messages, who is here.
//
//   conversations  Map id -> {conversation_id, kind, name, url, board_id, task_id, unread, mentions, read_seq, last_seq,
//                  revision, level, private};  boards  [{board_id, name, url}];  notificationsUnread;  presence;
//   people         see messaging/people.js
//   events  "state" (all of it was loaded), "change" (detail: the conversation that changed), "left" (detail: the conversation),
//           "boards" (of `boards`), "said" (detail: frame conversation_changed), "notification" (detail: frame),
//           "card" (one of my cards changed), "saved", "scheduled" (detail: the frame),
//           "notifications" (of notificationsUnread; detail: {ids} of those that were read, if any)
//   Its connection is opened by the page, and has events of its own.

import { browserClock } from "live/clock.js";
import { People } from "messaging/people.js";
import { Presence } from "messaging/presence.js";

const REFRESH_AFTER_MS = 500; // so that several doubts about one conversation make one request
const EACH_MS = 100; // between two of many requests

export class Inbox extends EventTarget {
  #me;
  #connection;
  #clock;
  #readSeq;
  #doubts = new Map(); // conversation id -> timer

  conversations = new Map();
  boards = [];
  notificationsUnread = 0;
  saved = new Map(); // message id -> frame saved_changed
  scheduled = new Map(); // id -> frame scheduled_changed, of those that wait or were refused
  wishes = null; // {push, sound, digest, quiet}
  presence = new Presence();
  isReady = false; // whether the first state has come

  // `known`: see messaging/people.js; `readSeq(id)`: how far we have read there, if the server may not know it yet.
  constructor({ me, connection, known, readSeq = () => 0, clock = browserClock }) {
    super();
    this.#readSeq = readSeq;
    this.#me = me;
    this.#connection = connection;
    this.#clock = clock;
    this.people = new People({ known, send: (frame) => connection.send(frame) });
    this.people.addEventListener("change", ({ detail }) => this.#showAnew(detail));
    connection.addEventListener("frame", ({ detail }) => this.#hear(detail));
  }

  // -- questions -------------------------------------------------------------------------------------------------------

  conversation(id) {
    return this.conversations.get(id);
  }

  conversationOfTask(taskId) {
    return [...this.conversations.values()].find((conversation) => conversation.task_id === taskId);
  }

  unread(id) {
    return this.conversations.get(id)?.unread ?? 0;
  }

  // Muted conversations do not count.
  get totalUnread() {
    const heard = [...this.conversations.values()].filter(({ level }) => level !== "nothing");
    return heard.reduce((sum, { unread }) => sum + unread, 0);
  }

  // -- requests --------------------------------------------------------------------------------------------------------

  readNotifications(ids) {
    return this.#connection.send({ type: "notifications_read", ids });
  }

  // `readSeq` has changed.
  countAnew() {
    for (const place of this.conversations.values()) if (this.#asRead(place) !== place) this.#keep(place);
  }

  // A frame that came as the answer to a POST, and not by the line.
  take(frame) {
    this.#hear(frame);
  }

  // -- frames ----------------------------------------------------------------------------------------------------------

  #hear(frame) {
    switch (frame.type) {
      case "welcome":
        return this.presence.restart();
      case "inbox":
        return this.#startAnew(frame);
      case "conversation_changed":
        return this.#changed(frame);
      case "conversation_state":
        return this.#stateIs(frame);
      case "conversation_joined":
        return this.#joined(frame);
      case "boards_changed":
        return this.#boardsAre(frame);
      case "conversation_left":
        return this.#left(frame);
      case "notification":
        return this.#notified(frame);
      case "my_card_changed":
        return this.#say("card");
      case "wishes_changed":
        return this.#wish(frame);
      case "saved_changed":
        return this.#keepOrForget(this.saved, frame.message_id, frame, frame.saved, "saved");
      case "scheduled_changed":
        return this.#keepOrForget(this.scheduled, frame.scheduled_id, frame, isWaiting(frame), "scheduled");
      case "notifications_read":
        return this.#notificationsRead(frame);
      case "person_changed":
        return this.people.hear(frame);
      case "presence_update":
        return this.presence.hear(frame);
    }
  }

  #wish({ type, ...wishes }) {
    this.wishes = wishes;
  }

  #startAnew(frame) {
    const { conversations, boards, notifications_unread, wishes } = frame;
    for (const id of [...this.#doubts.keys()]) this.#trust(id);
    this.conversations = new Map(conversations.map((conversation) => [conversation.conversation_id, this.#asRead({ ...conversation })]));
    this.boards = boards;
    this.notificationsUnread = notifications_unread;
    this.wishes = wishes ?? null;
    this.saved = new Map(frame.saved?.map((one) => [one.message_id, one]));
    this.scheduled = new Map(frame.scheduled?.map((one) => [one.scheduled_id, one]));
    this.isReady = true;
    this.#say("state");
    this.people.startAnew([{ board_id: null, people_revision: frame.people_revision }, ...boards]);
  }

  // Add the change to our counts. If a revision is missing, the counts are in doubt, and the server is asked.
  #changed(frame) {
    const known = this.conversations.get(frame.conversation_id);
    if (!known || frame.revision <= known.revision) return;
    if (frame.revision > known.revision + 1 || frame.what === "cleared") this.#doubt(known.conversation_id); // a clearing takes events along
    const { revision, last_seq, event } = frame;
    const name = (event?.what === "renamed" && event.name) || known.name;
    this.#keep({ ...known, ...this.#counted(known, frame), revision, last_seq, name });
    this.#say("said", frame);
  }

  // The server counts no mentions in muted conversations.
  #counted({ unread, mentions, read_seq, level }, { what, seq, last_seq, user_id, mentions: mentioned = [] }) {
    if (what === "cleared") return seq < last_seq ? {} : { unread: 0, mentions: 0 };
    if (user_id === this.#me.id || seq <= read_seq) return {};
    const step = { posted: 1, deleted: -1 }[what] ?? 0;
    const mention = level !== "nothing" && mentioned.includes(this.#me.id) ? step : 0;
    return { unread: Math.max(0, unread + step), mentions: Math.max(0, mentions + mention) };
  }

  // The server's counts, which may be older than a change that we know already.
  #stateIs({ type, ...state }) {
    const known = this.conversations.get(state.conversation_id);
    if (!known) return;
    this.#trust(known.conversation_id);
    if (state.revision >= known.revision) return this.#keep({ ...known, ...state });
    this.#keep({ ...known, read_seq: state.read_seq, level: state.level });
    this.#doubt(known.conversation_id);
  }

  #boardsAre({ boards }) {
    this.boards = boards;
    this.people.boardsAre(boards);
    this.#say("boards");
  }

  // Direct conversations have the names of their people. If there are several, only the server knows them, so it is asked.
  #showAnew(people) {
    const others = new Map(people.map((person) => [person.user_id, person]));
    const directs = [...this.conversations.values()].filter(({ kind }) => kind === "direct");
    let asked = 0;
    for (const place of directs) {
      const { display_name: name, avatar } = others.get(place.user_id) ?? {};
      if (name) this.#keep({ ...place, name, avatar });
      else if (!place.user_id) this.#doubt(place.conversation_id, REFRESH_AFTER_MS + EACH_MS * asked++);
    }
  }

  #joined({ type, ...conversation }) {
    this.#keep(conversation);
  }

  #keepOrForget(all, id, frame, isKept, name) {
    if (isKept) all.set(id, frame);
    else all.delete(id);
    this.#say(name, frame);
  }

  #left({ conversation_id: id }) {
    const conversation = this.conversations.get(id);
    this.#trust(id);
    if (this.conversations.delete(id)) this.#say("left", conversation);
  }

  #notified(frame) {
    this.notificationsUnread = frame.unread_count;
    this.#say("notification", frame);
    this.#say("notifications", { ids: [] });
  }

  #notificationsRead({ ids, unread_count }) {
    this.notificationsUnread = unread_count;
    this.#say("notifications", { ids });
  }

  // -- within ----------------------------------------------------------------------------------------------------------

  #asRead(conversation) {
    const { conversation_id: id, read_seq, last_seq, unread, mentions } = conversation;
    const seq = this.#readSeq(id);
    if (seq <= read_seq) return conversation;
    const left = Math.min(unread, Math.max(0, last_seq - seq));
    return { ...conversation, read_seq: seq, unread: left, mentions: left && mentions };
  }

  #keep(told) {
    const conversation = this.#asRead(told);
    this.conversations.set(conversation.conversation_id, conversation);
    this.#say("change", conversation);
  }

  #doubt(id, wait = REFRESH_AFTER_MS) {
    if (this.#doubts.has(id)) return;
    const ask = () => {
      this.#doubts.delete(id);
      this.#connection.send({ type: "refresh", conversation_id: id });
    };
    this.#doubts.set(id, this.#clock.setTimeout(ask, wait));
  }

  #trust(id) {
    this.#clock.clearTimeout(this.#doubts.get(id));
    this.#doubts.delete(id);
  }

  #say(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function isWaiting({ state }) {
  return state === "waiting" || state === "refused";
}
