// Both halves are held to tests/frames.json: what the server says there is understood here, what it hears is said here so.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, describe, test } from "node:test";
import { ada, bob, FakeClock, FakeWindow, fakeWebSocket, heard, message } from "./cast.js";

const { Holding } = await import("../../static/js/boards/holding.js");
const { Outbox } = await import("live/outbox.js");
const { Connection } = await import("live/connection.js");
const { Stream } = await import("live/stream.js");
const { DraftShelf } = await import("messaging/draft-shelf.js");
const { Drafts } = await import("messaging/drafts.js");
const { Inbox } = await import("messaging/inbox.js");
const { Room } = await import("messaging/room.js");

const frames = JSON.parse(readFileSync(new URL("../frames.json", import.meta.url)));
const { conversation, inbox: inboxFrames, board, client } = frames;

let clock, Sockets, outbox, room;

// Ada's page of a conversation that stands just before the revision, with messages 6 and 7 on it.
function opens({ revision, post_type = "chat_message", post_field = "message" }) {
  clock = new FakeClock();
  Sockets = fakeWebSocket();
  outbox = new Outbox({ userId: ada.id, indexedDB: null, lock: undefined, channel: null, clock });
  const data = { id: 1, me: ada, socket_url: "/ws/chat-room/1/", history_url: "/h/", post_url: "/p/", revision, epoch: conversation.welcome.epoch, read_seq: 0, post_type, post_field };
  const fetch = async () => Response.json({ messages: [], revision: 11, epoch: "e", more_before: false, more_after: false });
  const messages = [message(6, { id: 6, by: bob }), message(7, { id: 7, by: ada })];
  room = new Room({ data, messages, outbox, line: { WebSocket: Sockets }, fetch, clock, random: () => 0.5, events: new FakeWindow() });
  room.open();
  Sockets.last.opens();
  hears({ ...conversation.welcome, revision }, { ...conversation.synced, revision });
}

const hears = (...said) => Sockets.last.says(...said);
const numbered = (frame) => opens({ revision: frame.revision - 1 }) ?? hears(frame);
const shown = () => room.timeline.messages.map(({ id }) => id);

// What each frame of a conversation must have done.
const EFFECTS = {
  chat_message(frame) {
    opens({ revision: frame.revision - 1 });
    hears({ ...frame, id: 8, message_id: 8, seq: 8 });
    const { type, ...kept } = room.timeline.withId(8);
    for (const key of ["client_id", "user_id", "username", "display_name", "message", "html", "timestamp", "reply_to", "attachments", "reactions", "edited_at", "kind"]) {
      assert.deepEqual(kept[key], frame[key], key);
    }
  },
  message_changed(frame) {
    numbered(frame);
    assert.deepEqual([shown(), room.timeline.withId(7).message], [[6, 7], frame.message]);
  },
  pinned(frame) {
    numbered(frame);
    assert.deepEqual(room.timeline.withId(7).pinned, frame.pinned);
  },
  previewed(frame) {
    numbered(frame);
    assert.deepEqual(room.timeline.withId(7).previews, frame.previews);
  },
  forwarded(frame) {
    opens({ revision: frame.revision - 1 });
    hears({ ...frame, seq: 8 });
    assert.deepEqual(room.timeline.withId(frame.message_id).forwarded, frame.forwarded);
  },
  new_comment(frame) {
    opens({ revision: 0 });
    hears({ ...frame, seq: 8 });
    assert.equal(room.timeline.withId(frame.comment_id).message, frame.comment);
  },
  ack(frame) {
    opens({ revision: 6 });
    const key = room.say("Hello");
    hears({ ...frame, client_id: key, message_id: 8, seq: 8 });
    assert.deepEqual([room.timeline.withKey(key).state, room.timeline.withKey(key).timestamp, outbox.waiting().length], ["sent", frame.timestamp, 0]);
  },
  ack_change(frame) {
    opens({ revision: 6 });
    room.react(7, "\u{1f44d}", true);
    const wished = outbox.waiting();
    hears({ ...frame, client_id: wished[0].client_id });
    assert.deepEqual([wished.length, outbox.waiting().length], [1, 0]);
  },
  ack_reading(frame) {
    opens({ revision: 6 });
    room.markUnread(room.timeline.withId(7));
    const wished = outbox.waiting();
    hears({ ...frame, client_id: wished[0].client_id });
    assert.deepEqual([wished.length, outbox.waiting().length], [1, 0]);
  },
  message_deleted(frame) {
    numbered(frame);
    const { message: words, deleted_at, deleted_by } = room.timeline.withId(frame.message_id);
    assert.deepEqual([words, Boolean(deleted_at), deleted_by], ["", true, frame.deleted_by]);
  },
  messages_cleared(frame) {
    numbered(frame);
    assert.deepEqual([shown(), room.timeline.withId(frame.message_id).event.count], [[frame.message_id], frame.count]);
  },
  activity(frame) {
    numbered({ ...frame, id: 8, message_id: 8, seq: 8 });
    const { message: sentence, html, kind } = room.timeline.withId(8);
    assert.deepEqual([sentence, html, kind], [frame.message, frame.html, "system"]);
  },
  system(frame) {
    opens({ revision: frame.revision - 1 });
    const systems = heard(room, "system");
    hears(frame);
    assert.deepEqual(systems.map(([, { event }]) => event), [frame.event]);
  },
  message_marked_read(frame) {
    opens({ revision: 1 });
    hears(frame);
    assert.ok(room.reading.readersOf(frame.read_seq).includes(frame.user_id));
  },
  user_join(frame) {
    opens({ revision: 1 });
    hears(frame);
    assert.equal(room.presence.statusOf(frame.user_id), "active");
  },
  user_leave(frame) {
    opens({ revision: 1 });
    hears(conversation.user_join, conversation.user_typing, frame);
    assert.deepEqual([room.presence.statusOf(frame.user_id), room.typists.people], ["offline", []]);
  },
  presence_update(frame) {
    opens({ revision: 1 });
    hears(frame);
    assert.deepEqual([...room.presence.people.values()], frame.members);
  },
  user_typing({ type, ...person }) {
    opens({ revision: 1 });
    hears({ type, ...person });
    assert.deepEqual(room.typists.people, [person]);
  },
  user_stop_typing(frame) {
    opens({ revision: 1 });
    hears(conversation.user_typing, frame);
    assert.deepEqual(room.typists.people, []);
  },
  welcome(frame) {
    opens({ revision: frame.revision });
    assert.deepEqual([room.reading.readSeq, room.mode, room.reading.readersOf(5)], [frame.read_seq, frame.mode, [5]]);
    room.say("x".repeat(frame.limits.message + 1));
    assert.equal(room.timeline.messages.at(-1).state, "failed");
  },
  error(frame) {
    opens({ revision: 1 });
    const key = room.say("Hello");
    hears({ ...frame, client_id: key });
    clock.pass(frame.retry_after * 1000 - 1);
    assert.equal(Sockets.last.sentOf("chat_message").length, 1);
    clock.pass(1);
    assert.equal(Sockets.last.sentOf("chat_message").length, 2);
  },
  pong_v2(frame) {
    opens({ revision: frame.revision - 1 });
    hears(frame);
    clock.pass(1_000);
    assert.equal(Sockets.last.sentOf("resume").length, 1);
  },
  synced(frame) {
    opens({ revision: frame.revision });
    assert.equal(room.status.state, "connected");
  },
  reset(frame) {
    opens({ revision: 40 });
    hears(frame);
    assert.deepEqual([room.stream.revision, room.stream.epoch, room.status.state], [frame.revision, frame.epoch, "catching up"]);
  },
  mode(frame) {
    opens({ revision: 1 });
    hears(frame);
    assert.equal(room.mode, frame.mode);
  },
};

const PLAIN_ONLY = new Set(["message_edited", "pong"]);

describe("a conversation says", () => {
  for (const [name, frame] of Object.entries(conversation)) {
    if (!PLAIN_ONLY.has(name)) test(name, () => EFFECTS[name](frame));
  }
});

describe("an inbox says", () => {
  let connection, inbox, drafts, cards;
  const says = (frame) => connection.dispatchEvent(new CustomEvent("frame", { detail: frame }));
  const known = () => inbox.conversation(1);

  const INBOX_EFFECTS = {
    inbox_welcome: () => assert.equal(inbox.presence.people.size, 0),
    inbox: (frame) => assert.equal(inbox.conversations.size, frame.conversations.length),
    conversation_changed: (frame) => assert.deepEqual([known().unread, known().mentions, known().last_seq], [1, 1, frame.last_seq]),
    conversation_state: (frame) => assert.deepEqual([known().unread, known().mentions, known().revision], [frame.unread, frame.mentions, frame.revision]),
    conversation_joined: ({ type, ...place }) => assert.deepEqual(known(), place),
    saved_changed: (frame) => assert.deepEqual(inbox.saved.get(frame.message_id), frame),
    scheduled_changed: (frame) => assert.deepEqual(inbox.scheduled.get(frame.scheduled_id), frame),
    my_card_changed: () => assert.equal(cards, 1),
    conversation_left: () => assert.equal(known(), undefined),
    draft_changed: ({ text, reply_to }) => {
      const { revision, isKept, ...draft } = drafts.read(1);
      assert.deepEqual(draft, { text, reply_to });
    },
    boards_changed: (frame) => assert.deepEqual(inbox.boards, frame.boards),
    notification: (frame) => assert.equal(inbox.notificationsUnread, frame.unread_count),
    notifications_read: (frame) => assert.equal(inbox.notificationsUnread, frame.unread_count),
    wishes_changed: ({ quiet }) => assert.deepEqual(inbox.wishes.quiet, quiet),
    presence_update: (frame) => assert.deepEqual([...inbox.presence.people.values()], frame.members),
    person_changed: (frame) => assert.deepEqual(inbox.people.all, frame.people),
    people_met_since: (frame) => assert.deepEqual(inbox.people.all, frame.people),
    people_since: (frame) => assert.deepEqual(inbox.people.all, frame.people),
  };

  beforeEach(() => {
    connection = Object.assign(new EventTarget(), { send: () => true });
    inbox = new Inbox({ me: ada, connection, clock: new FakeClock() });
    cards = 0;
    inbox.addEventListener("card", () => (cards += 1));
    drafts = new Drafts({ connection, clock: new FakeClock(), shelf: new DraftShelf({ userId: ada.id, storage: undefined, events: {} }) });
    const place = { ...inboxFrames.conversation_joined, unread: 0, mentions: 0, revision: inboxFrames.conversation_changed.revision - 1, last_seq: 8 };
    says({ ...inboxFrames.inbox, conversations: [place], notifications_unread: 9 });
  });

  for (const [name, frame] of Object.entries(inboxFrames)) {
    test(name, () => (says(frame), INBOX_EFFECTS[name](frame)));
  }
});

describe("a board says", () => {
  for (const [name, frame] of Object.entries(board)) {
    test(name, () => {
      const Sockets = fakeWebSocket();
      const connection = new Connection({ url: "ws://localhost/ws/boards/1/", WebSocket: Sockets, clock: new FakeClock(), events: new FakeWindow() });
      const stream = new Stream({ connection });
      const said = heard(stream, "revision" in frame ? "change" : "other");
      connection.open();
      Sockets.last.opens();
      Sockets.last.says({ type: "welcome", revision: (frame.revision ?? 1) - 1, epoch: "e" }, frame);
      assert.deepEqual(said.at(-1)[1], frame);
    });
  }
});

describe("the server hears", () => {
  const uuid = (frame) => ({ ...frame, ...(frame.client_id && { client_id: "(uuid)" }) });
  const sent = (type) => Sockets.last.sentOf(type).map(uuid);
  const answered = { id: 6, display_name: "Bob", message: "Message 6" };

  test("chat_message", () => {
    opens({ revision: 1 });
    room.say(client.chat_message.message, { replyTo: answered, files: [{ key: "k", uploaded: { id: 1 }, uploadedAt: clock.now() }] });
    assert.deepEqual(sent("chat_message"), [uuid(client.chat_message)]);
  });

  test("comment", () => {
    opens({ revision: 1, post_type: "comment", post_field: "comment" });
    room.say(client.comment.comment, { replyTo: { ...answered, id: 8 } });
    assert.deepEqual(sent("comment"), [uuid({ ...client.comment, attachments: undefined })].map(withoutUndefined));
  });

  test("ping, typing, stop_typing", () => {
    opens({ revision: 1 });
    clock.pass(12_500);
    room.typing();
    room.stopTyping();
    assert.deepEqual(Sockets.last.sent, [client.ping, client.typing, client.stop_typing]);
  });

  test("message_read, mark_unread", () => {
    opens({ revision: 1 });
    room.markRead(room.timeline.withId(7));
    room.markUnread(room.timeline.withId(7));
    assert.deepEqual(Sockets.last.sent.map(uuid), [client.message_read, client.mark_unread].map(uuid));
  });

  test("edit_message", () => {
    opens({ revision: 1 });
    room.edit(7, client.edit_message.message);
    assert.deepEqual(sent("edit_message"), [uuid(client.edit_message)]);
  });

  for (const [name, wish] of [["delete_message", () => room.remove(7)], ["react", () => room.react(7, client.react.emoji, true)], ["pin", () => room.pin(7, true)]]) {
    test(`${name}, with a client_id for the error that may answer`, () => {
      opens({ revision: 1 });
      wish();
      assert.deepEqual(sent(name), [{ ...client[name], client_id: "(uuid)" }]);
    });
  }

  test("remove_preview, of one that is shown", () => {
    numbered(conversation.previewed);
    room.removePreview(7, "https://example.org/else");
    room.removePreview(7, client.remove_preview.url);
    assert.deepEqual(sent("remove_preview"), [{ ...client.remove_preview, client_id: "(uuid)" }]);
  });

  test("resume", () => {
    opens({ revision: client.resume.since });
    hears({ ...conversation.chat_message, revision: 20 });
    assert.deepEqual(sent("resume"), [client.resume]);
  });

  test("refresh and notifications_read", () => {
    const said = [];
    const clock = new FakeClock();
    const connection = Object.assign(new EventTarget(), { send: (frame) => said.push(frame) });
    const inbox = new Inbox({ me: ada, connection, clock });
    const says = (detail) => connection.dispatchEvent(new CustomEvent("frame", { detail }));
    says({ ...inboxFrames.inbox, conversations: [inboxFrames.conversation_joined] });
    says({ ...inboxFrames.conversation_changed, revision: 99 });
    clock.pass(1_000);
    inbox.readNotifications(client.notifications_read.ids);
    assert.deepEqual(said, [client.refresh, client.notifications_read]);
  });
});

test("the server hears people", () => {
  const said = [];
  const connection = Object.assign(new EventTarget(), { send: (frame) => said.push(frame) });
  new Inbox({ me: ada, connection, known: new Map([[1, client.people.since]]), clock: new FakeClock() });
  const boards = inboxFrames.inbox.boards.map((one) => ({ ...one, people_revision: 4 }));
  connection.dispatchEvent(new CustomEvent("frame", { detail: { ...inboxFrames.inbox, boards } }));
  assert.deepEqual(said, [client.people]);
});

test("the server hears people of no board", () => {
  const said = [];
  const connection = Object.assign(new EventTarget(), { send: (frame) => said.push(frame) });
  new Inbox({ me: ada, connection, known: new Map([[null, client.people_met.since]]), clock: new FakeClock() });
  connection.dispatchEvent(new CustomEvent("frame", { detail: { ...inboxFrames.inbox, people_revision: 4 } }));
  assert.deepEqual(said, [client.people_met]);
});

test("the server hears of a card in our hand", () => {
  const said = [];
  const holding = new Holding({ signal: new AbortController().signal, send: (frame) => said.push(frame), clock: new FakeClock() });
  holding.over(client.hold_card.task_id, client.hold_card.column_id);
  holding.letGo();
  assert.deepEqual(said, [client.hold_card, client.let_go_card]);
});

test("the server hears keep_draft", () => {
  const said = [];
  const connection = Object.assign(new EventTarget(), { send: (frame) => said.push(frame) });
  const drafts = new Drafts({ connection, clock: new FakeClock(), shelf: new DraftShelf({ userId: ada.id, storage: undefined, events: {} }) });
  drafts.keep(1, { text: client.keep_draft.text, reply_to: { message_id: client.keep_draft.reply_to } });
  drafts.hurry();
  assert.deepEqual(said, [client.keep_draft]);
});

function withoutUndefined(frame) {
  return JSON.parse(JSON.stringify(frame));
}
