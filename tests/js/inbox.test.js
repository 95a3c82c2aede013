import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { ada, bob, FakeClock, heard } from "./cast.js";

const { Inbox } = await import("messaging/inbox.js");

let clock, connection, inbox, sent, events;

const place = (conversation_id, fields) => ({
  conversation_id, kind: "room", name: `Room ${conversation_id}`, url: "/", board_id: 1, task_id: null,
  unread: 2, mentions: 1, read_seq: 8, last_seq: 10, revision: 20, level: "all", private: false, ...fields,
});
const changed = (revision, fields) => ({
  type: "conversation_changed", conversation_id: 12, revision, last_seq: revision - 10, what: "posted", message_id: 100 + revision,
  seq: revision - 10, user_id: bob.id, display_name: "Bob", excerpt: "Hi", timestamp: "", mentions: [], ...fields,
});
const state = (revision, fields) => ({ type: "conversation_state", conversation_id: 12, read_seq: 10, unread: 0, mentions: 0, revision, level: "all", ...fields });
const counts = () => [inbox.conversation(12).unread, inbox.conversation(12).mentions];
const says = (...frames) => frames.forEach((detail) => connection.dispatchEvent(new CustomEvent("frame", { detail })));

beforeEach(() => {
  clock = new FakeClock();
  sent = [];
  connection = Object.assign(new EventTarget(), { send: (frame) => sent.push(frame) > 0 });
  inbox = new Inbox({ me: ada, connection, clock });
  says({ type: "welcome" }, {
    type: "inbox", conversations: [place(12), place(13, { task_id: 3, unread: 1, mentions: 0 })],
    boards: [{ board_id: 1, name: "Apollo", url: "/boards/1/" }], notifications_unread: 4,
  });
  events = heard(inbox, "state", "change", "left", "said", "notification", "notifications");
});

test("the whole state comes on every connect", () => {
  assert.deepEqual([inbox.isReady, inbox.totalUnread, inbox.notificationsUnread], [true, 3, 4]);
  assert.equal(inbox.conversationOfTask(3).conversation_id, 13);
  says({ type: "inbox", conversations: [place(14)], boards: [], notifications_unread: 0 });
  assert.deepEqual([[...inbox.conversations.keys()], inbox.totalUnread, events], [[14], 2, [["state", null]]]);
});

test("what was read counts as read before the server could be told, and again on every connect", () => {
  let read = 0;
  const conversations = [place(12), place(13)];
  inbox = new Inbox({ me: ada, connection, clock, readSeq: (id) => (id === 12 ? read : 0) });
  says({ type: "inbox", conversations, boards: [], notifications_unread: 0 });
  read = 9;
  inbox.countAnew();
  assert.deepEqual([counts(), inbox.totalUnread], [[1, 1], 3]);
  read = 10;
  inbox.countAnew();
  assert.deepEqual(counts(), [0, 0]);
  says({ type: "inbox", conversations, boards: [], notifications_unread: 0 }, changed(21));
  assert.deepEqual([counts(), inbox.conversation(12).read_seq], [[1, 0], 10]);
  read = 0;
  says(state(21, { read_seq: 10, unread: 1 }));
  assert.deepEqual(counts(), [1, 0]);
});

test("a new name is taken in, and asked for where it may have been cleared away", () => {
  says(changed(21, { what: "system", event: { what: "renamed", name: "Lounge" } }));
  assert.equal(inbox.conversation(12).name, "Lounge");
  says(changed(22, { what: "cleared", event: { what: "cleared" } }));
  clock.pass(5_000);
  assert.deepEqual(sent.map(({ type }) => type), ["refresh"]);
  says(state(22, { name: "Deck" }));
  assert.equal(inbox.conversation(12).name, "Deck");
});

describe("counting", () => {
  test("what others post is unread, and a mention of me a mention", () => {
    says(changed(21), changed(22, { mentions: [ada.id] }), changed(23, { mentions: [bob.id] }));
    assert.deepEqual([counts(), inbox.conversation(12).last_seq], [[5, 2], 13]);
  });

  test("what I post is not, nor what the conversation says of itself, nor a reaction", () => {
    says(changed(21, { user_id: ada.id }), changed(22, { what: "system" }), changed(23, { what: "reacted" }), changed(24, { what: "edited" }));
    assert.deepEqual([counts(), inbox.conversation(12).revision], [[2, 1], 24]);
  });

  test("what is taken back before I read it is unread no more", () => {
    says(changed(21, { what: "deleted", seq: 9, mentions: [ada.id] }), changed(22, { what: "deleted", seq: 8 }));
    assert.deepEqual(counts(), [1, 0]);
    says(changed(23, { what: "deleted", seq: 10 }), changed(24, { what: "deleted", seq: 10 }));
    assert.deepEqual(counts(), [0, 0]);
  });

  test("a mention in a muted place is none, for nobody is told of it", () => {
    says(changed(21, { mentions: [ada.id] }), state(21, { unread: 1, level: "nothing" }), changed(22, { mentions: [ada.id] }));
    assert.deepEqual(counts(), [2, 0]);
    says(state(22, { unread: 2, level: "mentions" }), changed(23, { mentions: [ada.id] }));
    assert.deepEqual(counts(), [3, 1]);
  });

  test("nothing is unread in what was cleared", () => {
    says(changed(21, { what: "cleared" }));
    assert.deepEqual(counts(), [0, 0]);
  });

  test("of what is left when the oldest went, the server is asked", () => {
    const before = counts();
    says(changed(21, { what: "cleared", seq: 2, last_seq: 9 }));
    assert.deepEqual(counts(), before);
    clock.pass(500);
    assert.deepEqual(sent.map(({ type }) => type), ["refresh"]);
  });

  test("a change counts once", () => {
    says(changed(21), changed(21), changed(20));
    assert.deepEqual(counts(), [3, 1]);
    assert.deepEqual(events.map(([name]) => name), ["change", "said"]);
  });

  test("a hole is a doubt, asked about once", () => {
    says(changed(23), changed(25));
    assert.deepEqual(sent, []);
    clock.pass(500);
    assert.deepEqual(sent, [{ type: "refresh", conversation_id: 12 }]);
    says(state(25, { unread: 7 }));
    clock.pass(5_000);
    assert.deepEqual([counts(), sent.length], [[7, 0], 1]);
  });

  test("of places that are not mine is nothing", () => {
    says(changed(21, { conversation_id: 99 }), state(21, { conversation_id: 99 }));
    assert.equal(inbox.conversations.size, 2);
  });
});

describe("my own place", () => {
  test("as the server has counted it replaces our count", () => {
    says(changed(21), state(21));
    assert.deepEqual([counts(), inbox.conversation(12).read_seq, sent], [[0, 0], 10, []]);
  });

  test("counted before something we know is asked for again, and is no count till then", () => {
    says(changed(21), changed(22), state(21, { unread: 9 }));
    assert.deepEqual([counts()[0], inbox.conversation(12).read_seq], [4, 10]);
    clock.pass(500);
    assert.deepEqual(sent, [{ type: "refresh", conversation_id: 12 }]);
  });

  test("comes and goes", () => {
    says({ type: "conversation_joined", ...place(15, { unread: 0 }) }, { type: "conversation_left", conversation_id: 12 });
    assert.deepEqual([...inbox.conversations.keys()], [13, 15]);
    assert.equal("type" in inbox.conversation(15), false);
    assert.deepEqual(events.map(([name, { conversation_id }]) => [name, conversation_id]), [["change", 15], ["left", 12]]);
  });
});

describe("notifications", () => {
  test("come one by one, with how many are unread", () => {
    const notification = { type: "notification", notification_id: 5, kind: "mention", unread_count: 5 };
    says(notification);
    assert.deepEqual([inbox.notificationsUnread, events], [5, [["notification", notification], ["notifications", { ids: [] }]]]);
  });

  test("are read here or in another tab", () => {
    inbox.readNotifications([5]);
    assert.deepEqual(sent, [{ type: "notifications_read", ids: [5] }]);
    says({ type: "notifications_read", ids: [5], unread_count: 0 });
    assert.deepEqual([inbox.notificationsUnread, events], [0, [["notifications", { ids: [5] }]]]);
  });
});

test("who is here on my boards is told, anew on each connect", () => {
  const told = (user_id) => ({ type: "presence_update", members: [{ user_id, display_name: "P", status: "active" }] });
  says(told(2), told(3));
  assert.equal(inbox.presence.people.size, 2);
  says({ type: "welcome" }, told(2));
  assert.equal(inbox.presence.people.size, 1);
});
