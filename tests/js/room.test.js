import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { ada, bob, FakeClock, FakeLocks, fakeChannels, FakeWindow, fakeWebSocket, heard, message, range, settled } from "./cast.js";

const { Outbox } = await import("live/outbox.js");
const { takeBack } = await import("live/taking-back.js");
const { Room } = await import("messaging/room.js");

const hangar = {
  id: 12, kind: "room", name: "Hangar", socket_url: "/ws/chat-room/1/", post_type: "chat_message", post_field: "message",
  history_url: "/messaging/conversation/12/messages/", post_url: "/messaging/conversation/12/messages/", changes_url: "/messaging/conversation/12/changes/", read_url: "/messaging/conversation/12/read/", revision: 13, epoch: "e1",
  read_seq: 13, last_seq: 13, first_seq: 11, more_before: true, me: ada, members: [], may: { post: true }, reads: {},
};
const welcome = { type: "welcome", protocol: 2, epoch: "e1", revision: 13, read_seq: 13, heartbeat: 25, mode: "live" };
const synced = { type: "synced", revision: 13 };

let clock, Sockets, page, browser, outbox, room, pages, asked;

beforeEach(async () => {
  clock = new FakeClock();
  browser = { indexedDB: new IDBFactory(), locks: new FakeLocks(), channel: fakeChannels() };
  await opensPage();
});

// Ada opens the hangar's page, or opens it again after a crash.
async function opensPage({ data = hangar, messages = range(11, 13).map((seq) => message(seq)) } = {}) {
  outbox?.dies();
  Sockets = fakeWebSocket();
  page = new FakeWindow();
  pages = [];
  asked = [];
  const lock = browser.locks.forTab();
  outbox = new Outbox({ userId: ada.id, indexedDB: browser.indexedDB, lock, channel: browser.channel, clock });
  const its = outbox;
  outbox.dies = () => (lock.dies(), its.close());
  room = new Room({ data, messages, outbox, line: { WebSocket: Sockets }, fetch, clock, random: () => 0.5, events: page });
  room.open();
  await outbox.ready;
  await settled();
}

async function fetch(url) {
  asked.push(url.replace("/messaging/conversation/12/messages/", ""));
  const answer = await (pages.shift() ?? new TypeError("no network"));
  if (answer instanceof Error) throw answer;
  return typeof answer === "number" ? new Response("{}", { status: answer }) : Response.json(answer);
}

const pageOf = (first, last, fields = {}) => ({
  messages: range(first, last).map((seq) => message(seq)), revision: last, epoch: "e1", more_before: true, more_after: false, ...fields,
});

function connects(...frames) {
  Sockets.last.opens();
  Sockets.last.says(welcome, ...frames, synced);
}

function isLost() {
  Sockets.last.closes();
  clock.pass(room.connection.retryAt - clock.now());
}

const seqs = () => room.timeline.messages.map(({ seq, key, message }) => seq ?? message ?? key);
const posts = () => Sockets.last.sentOf("chat_message").map((frame) => frame.message);
const hears = (...frames) => Sockets.last.says(...frames);
const ack = (client_id, seq) => ({ type: "ack", client_id, message_id: 100 + seq, seq, revision: seq, timestamp: "2026-01-01T00:00:00Z" });

describe("saying something", () => {
  test("shows it at once as sending, and as sent when it is acknowledged", async () => {
    connects();
    const key = room.say("Hello");
    assert.equal(room.timeline.withKey(key).state, "sending");
    assert.deepEqual(Sockets.last.sentOf("chat_message"), [{ type: "chat_message", message: "Hello", client_id: key }]);
    hears(ack(key, 14));
    assert.deepEqual([room.timeline.withKey(key).state, seqs()], ["sent", [11, 12, 13, 14]]);
    hears(message(14, { by: ada, client_id: key, message: "Hello" }));
    await settled();
    assert.deepEqual([seqs(), outbox.waiting().length], [[11, 12, 13, 14], 0]);
  });

  test("is acknowledged as well by coming back", () => {
    connects();
    const key = room.say("Hello");
    hears(message(14, { by: ada, client_id: key }));
    assert.deepEqual([room.timeline.withKey(key).state, outbox.waiting().length], ["sent", 0]);
    hears(ack(key, 14));
    assert.deepEqual(seqs(), [11, 12, 13, 14]);
  });

  test("is not taken for what somebody else has said under the same name", () => {
    connects();
    const key = room.say("Hello");
    hears(message(14, { client_id: key, message: "Not I" }));
    assert.deepEqual([outbox.waiting().length, room.timeline.withId(114).message], [1, "Not I"]);
  });

  test("with files keeps them until they are brought", async () => {
    const key = room.say("Look", { files: [{ key: "k", name: "a.txt", blob: new Blob(["a"]), uploaded: null }] });
    assert.deepEqual([outbox.laden().map(({ client_id }) => client_id), await (await outbox.blob("k"))?.text()], [[key], "a"]);
  });

  test("in other words leaves other messages the words that wait for them", () => {
    room.edit(112, "Better");
    room.edit(113, "Best");
    room.edit(112, "Even better");
    assert.deepEqual(outbox.waiting().map(({ text }) => text), ["Best", "Even better"]);
  });

  test("on a task is a comment", async () => {
    await opensPage({ data: { ...hangar, kind: "task", post_type: "comment", post_field: "comment" } });
    connects();
    const key = room.say("Hello");
    assert.deepEqual(Sockets.last.sentOf("comment"), [{ type: "comment", comment: "Hello", client_id: key }]);
    const said = { ...message(14, { by: ada, client_id: key, message: "Hello" }), type: "new_comment", comment: "Hello", comment_id: 114 };
    hears(said);
    assert.deepEqual([room.timeline.withId(114).message, outbox.waiting().length], ["Hello", 0]);
  });

  test("may answer a message and carry files", () => {
    connects();
    const files = [{ id: 8, name: "a.png", size: 3, url: "/messaging/file/k/" }];
    const key = room.say("Yes", { replyTo: room.timeline.withId(112), files: files.map((uploaded) => ({ key: "k", uploaded, uploadedAt: clock.now() })) });
    const [frame] = Sockets.last.sentOf("chat_message");
    assert.deepEqual([frame.reply_to, frame.attachments], [112, [8]]);
    const { reply_to, attachments } = room.timeline.withKey(key);
    assert.deepEqual([reply_to, attachments], [{ message_id: 112, seq: 12, display_name: "Bob", excerpt: "Message 12" }, files]);
  });

  test("that is refused fails, and can be retried, taken back or thrown away", async () => {
    connects();
    const [one, two, three] = [room.say("one"), room.say("two"), room.say("three")];
    for (const client_id of [one, two, three]) hears({ type: "error", code: "invalid", detail: "No.", temporary: false, client_id });
    assert.deepEqual(room.timeline.messages.slice(-3).map(({ state, reason }) => [state, reason]), Array(3).fill(["failed", "No."]));
    room.retry(one);
    assert.deepEqual([posts().at(-1), room.timeline.withKey(one).state], ["one", "sending"]);
    assert.equal((await takeBack(outbox, two)).text, "two");
    room.discard(three);
    assert.deepEqual(seqs(), [11, 12, 13, "one"]);
  });
});

describe("a server that cannot save", () => {
  const later = (client_id, code = "unavailable") => ({ type: "error", code, detail: "Not now.", temporary: true, retry_after: 1, client_id });
  const said = () => [room.status.state, room.status.colour, room.status.words];
  const well = ["connected", "good", "Connected"];
  const stuck = (waiting) => ["connected", "warn", `Connected \u00b7 nothing can be saved at the moment \u00b7 ${waiting}`];

  beforeEach(() => connects());

  test("is spoken of while what was sent waits for it, and not from the next acknowledgement on", () => {
    const told = heard(room, "status");
    const key = room.say("Hello");
    assert.deepEqual(said(), well);
    hears(later(key));
    assert.deepEqual(said(), stuck("1 message waiting"));
    assert.equal(told.at(-1)[1].colour, "warn");
    room.say("And more");
    clock.pass(1_000);
    assert.deepEqual([said(), posts()], [stuck("2 messages waiting"), ["Hello", "Hello"]]);
    hears(ack(key, 14));
    assert.deepEqual(said(), well);
    assert.equal(told.at(-1)[1].colour, "good");
  });

  test("is not spoken of any more when what waited is thrown away, nor when more is said", () => {
    const key = room.say("Hello");
    hears(later(key));
    room.discard(key);
    assert.deepEqual(said(), well);
    clock.pass(1_000);
    room.say("Something else");
    assert.deepEqual(said(), well);
  });

  test("is another than one that is told too much at once", () => {
    hears(later(room.say("Hello"), "rate_limited"));
    assert.deepEqual(said(), well);
  });
});

describe("a line that waits for what is seen first", () => {
  test("is opened then, and not if the page was left meanwhile", async () => {
    for (const isLeft of [true, false]) {
      room.close();
      const before = Sockets.all.length;
      room = new Room({ data: hangar, outbox, line: { WebSocket: Sockets }, fetch, clock, random: () => 0.5, events: page });
      let isSeen;
      room.open(new Promise((resolve) => { isSeen = resolve; }));
      await settled();
      assert.equal(Sockets.all.length, before);
      if (isLeft) room.close();
      isSeen();
      await settled();
      assert.equal(Sockets.all.length, before + (isLeft ? 0 : 1));
    }
  });
});

describe("without a line", () => {
  test("the composer is never refused, and all goes in order when the line is back", () => {
    connects();
    Sockets.last.closes();
    room.say("one");
    room.say("two");
    assert.equal(room.status.words, "Reconnecting (1) \u00b7 2 messages waiting");
    clock.pass(400);
    Sockets.last.opens();
    assert.deepEqual(posts(), [], "first what was missed");
    hears(welcome, message(14), { type: "synced", revision: 14 });
    assert.deepEqual(posts(), ["one"]);
    hears(ack(Sockets.last.sentOf("chat_message")[0].client_id, 15));
    assert.deepEqual([posts(), seqs()], [["one", "two"], [11, 12, 13, 14, 15, "two"]]);
  });

  test("what was on its way when the line was lost is sent again", () => {
    connects();
    room.say("one");
    isLost();
    connects();
    assert.deepEqual([posts(), seqs()], [["one"], [11, 12, 13, "one"]]);
  });

  test("what had arrived before the loss comes back and is not sent again", () => {
    connects();
    const key = room.say("one");
    isLost();
    connects(message(14, { by: ada, client_id: key }));
    assert.deepEqual([posts(), seqs(), outbox.waiting().length], [[], [11, 12, 13, 14], 0]);
  });

  test("what a crash interrupted is shown and sent by the next page", async () => {
    room.say("one");
    room.say("two");
    await settled();
    await opensPage();
    assert.deepEqual(seqs(), [11, 12, 13, "one", "two"]);
    connects();
    assert.deepEqual(posts(), ["one"]);
  });

  test("what is on the page already is not sent again", async () => {
    const key = room.say("one");
    await settled();
    await opensPage({ messages: [message(13), message(14, { by: ada, client_id: key })] });
    connects();
    assert.deepEqual([posts(), seqs(), outbox.waiting().length], [[], [13, 14], 0]);
  });

  test("what another tab says is shown here, and is sent there", async () => {
    connects();
    const other = new Outbox({ userId: ada.id, indexedDB: browser.indexedDB, lock: browser.locks.forTab(), channel: browser.channel, clock });
    await other.ready;
    other.put({ client_id: "o", conversation_id: 12, frame: { type: "chat_message", message: "other" }, text: "other" });
    await settled();
    assert.deepEqual([seqs(), posts()], [[11, 12, 13, "other"], []]);
    other.remove("o", ack("o", 14));
    await settled();
    assert.deepEqual([seqs(), room.timeline.withKey("o").state], [[11, 12, 13, 14], "sent"]);
  });
});

describe("what others do", () => {
  beforeEach(() => connects());

  test("is shown in order: said, changed, taken back, cleared", () => {
    hears(message(14), { ...message(12, { revision: 15, message: "Edited" }), type: "message_changed" });
    hears({ type: "message_deleted", message_id: 111, deleted_by: "Bob", deleted_by_id: 2, revision: 16 });
    assert.deepEqual(seqs(), [11, 12, 13, 14]);
    assert.deepEqual([room.timeline.withId(112).message, Boolean(room.timeline.withId(111).deleted_at)], ["Edited", true]);
    hears({ type: "messages_cleared", message_id: 115, seq: 15, cleared_by: "Bob", cleared_by_id: 2, count: 4, revision: 17 });
    assert.deepEqual(seqs(), [15]);
  });

  test("to the conversation itself is said", () => {
    const systems = heard(room, "system");
    hears(message(14, { kind: "system", event: { what: "renamed" }, message: "Bob renamed it." }));
    assert.equal(systems[0][1].event.what, "renamed");
  });

  test("reaches typists, presence and readers", () => {
    hears({ type: "user_typing", user_id: 2, username: "bob", display_name: "Bob" });
    assert.equal(room.typists.people[0].display_name, "Bob");
    hears(message(14, { by: bob }));
    assert.equal(room.typists.people.length, 0);
    hears({ type: "presence_update", members: [{ user_id: 2, display_name: "Bob", status: "active" }], active_count: 1 });
    assert.equal(room.presence.statusOf(2), "active");
    hears({ type: "user_leave", user_id: 2, username: "bob" });
    assert.equal(room.presence.statusOf(2), "offline");
    hears({ type: "message_marked_read", message_id: 114, user_id: 2, username: "bob", read_seq: 14 });
    assert.deepEqual(room.reading.readersOf(14), [2]);
  });

  test("is known anew after a loss", () => {
    const here = (user_id) => ({ type: "presence_update", members: [{ user_id, display_name: "P", status: "active" }] });
    hears(here(2), here(3), { type: "user_typing", user_id: 2, username: "bob" });
    isLost();
    assert.equal(room.typists.people.length, 0);
    connects(here(3));
    assert.deepEqual([...room.presence.people.keys()], [3]);
  });

  test("that nobody here has heard of is no harm", () => {
    hears({ type: "pinned", revision: 14 }, { type: "confetti" }, message(15, { seq: 14 }));
    assert.equal(room.timeline.lastSeq, 14);
  });
});

describe("a wish", () => {
  const edits = () => Sockets.last.sentOf("edit_message").map((frame) => frame.message);
  const mine = (fields) => message(13, { by: ada, ...fields });

  beforeEach(async () => {
    await opensPage({ messages: [message(12), mine()] });
    connects();
  });

  test("for other words is shown with the message until they are there", () => {
    room.edit(113, "Better ");
    assert.deepEqual([edits(), room.timeline.withId(113).edit.text], [["Better "], "Better "]);
    hears({ ...mine({ revision: 14, message: "Better" }), type: "message_changed" });
    assert.deepEqual([room.timeline.withId(113).edit, outbox.waiting().length], [null, 0]);
  });

  test("ends once with its acknowledgement, also where nothing had to be changed", () => {
    const removed = heard(outbox, "removed");
    room.edit(113, "Better");
    const [{ client_id }] = Sockets.last.sentOf("edit_message");
    const done = { type: "ack", client_id, message_id: 113, revision: 14 };
    hears(done, done, { ...mine({ revision: 14, message: "Better" }), type: "message_changed" });
    assert.deepEqual([removed.length, outbox.waiting().length, room.timeline.withId(113).edit], [1, 0, null]);
    assert.equal(room.timeline.withId(113).message, "Better");
  });

  test("that was fulfilled while its page was gone ends when it is opened again", async () => {
    room.edit(113, "Better");
    await settled();
    await opensPage({ messages: [message(12), mine({ message: "Better" })] });
    assert.deepEqual([outbox.waiting().length, room.timeline.withId(113).edit], [0, null]);
  });

  test("about a message that is not loaded any more is sent all the same", async () => {
    room.edit(113, "Better");
    await settled();
    await opensPage({ messages: [message(12)] });
    connects();
    const [{ client_id }] = Sockets.last.sentOf("edit_message");
    hears({ type: "ack", client_id, message_id: 113, revision: 14 });
    assert.equal(outbox.waiting().length, 0);
  });

  test("to delete is shown with the message, whose words stay until then", () => {
    Sockets.last.closes();
    room.remove(113);
    const { message: words, edit } = room.timeline.withId(113);
    assert.deepEqual([words, edit.text, edit.state], ["Message 13", null, "sending"]);
  });

  test("goes by POST where its room is not open", () => {
    Sockets.last.closes();
    room.pin(112, true);
    const [{ client_id, post }] = outbox.due();
    assert.deepEqual(post, { url: hangar.changes_url, body: { type: "pin", message_id: 112, on: true, client_id } });
  });

  test("for the same words is none", () => {
    room.edit(113, "Message 13");
    assert.deepEqual([edits(), outbox.waiting().length], [[], 0]);
  });

  test("is kept while the line is away, the latest wording only", () => {
    Sockets.last.closes();
    room.edit(113, "Better");
    room.edit(113, "Best");
    assert.equal(room.status.waiting, 0, "it is no message");
    clock.pass(400);
    connects();
    assert.deepEqual(edits(), ["Best"]);
  });

  test("for other words that is refused keeps them, with the reason", async () => {
    room.edit(113, "Better");
    const { client_id } = Sockets.last.sentOf("edit_message")[0];
    hears({ type: "error", code: "forbidden", detail: "Too late.", temporary: false, client_id });
    assert.deepEqual([room.timeline.withId(113).edit.state, room.timeline.withId(113).edit.reason], ["failed", "Too late."]);
    assert.equal((await takeBack(outbox, client_id)).text, "Better");
  });

  test("for other words outlasts the message, until its author has seen to it", () => {
    const gone = { type: "message_deleted", message_id: 113, deleted_by: "Bob", deleted_by_id: 2, revision: 14 };
    const isRefused = ({ client_id }) => hears({ type: "error", code: "forbidden", detail: "Deleted.", temporary: false, client_id });
    room.edit(113, "Better");
    hears(gone);
    isRefused(Sockets.last.sentOf("edit_message").at(-1));
    const { deleted_at, edit } = room.timeline.withId(113);
    assert.deepEqual([deleted_at, edit.text, edit.state, edit.reason], [true, "Better", "failed", "Deleted."]);
    room.edit(113, "Best");
    isRefused(Sockets.last.sentOf("edit_message").at(-1));
    assert.deepEqual([room.timeline.withId(113).edit.text, outbox.waiting().length], ["Best", 1]);
  });

  test("for other words goes with the message that its author deletes", () => {
    room.edit(113, "Better");
    const [{ client_id }] = Sockets.last.sentOf("edit_message");
    hears({ type: "error", code: "forbidden", detail: "Too late.", temporary: false, client_id });
    room.remove(113);
    assert.deepEqual(outbox.waiting().map(({ wish }) => wish), ["delete"]);
  });

  test("to react or to delete that is refused is reported", () => {
    const notices = heard(room, "notice");
    room.react(112, "\u{1f44d}", true);
    const { client_id, ...frame } = Sockets.last.sentOf("react")[0];
    assert.deepEqual(frame, { type: "react", message_id: 112, emoji: "\u{1f44d}", on: true });
    hears({ type: "error", code: "forbidden", detail: "You may not.", temporary: false, client_id });
    assert.deepEqual([notices, outbox.waiting().length], [[["notice", { code: "react", detail: "You may not." }]], 0]);
  });

  test("to react is shown at once, and may be taken back before it is there", () => {
    const shown = () => room.timeline.withId(112).reacting;
    room.react(112, "\u{1f44d}", true);
    room.react(112, "\u{1f44d}", true);
    assert.deepEqual([shown(), outbox.waiting().length], [{ "\u{1f44d}": true }, 1]);
    room.react(112, "\u{1f44d}", false);
    assert.deepEqual([shown(), outbox.waiting().length], [{ "\u{1f44d}": false }, 2]);
    const [first] = Sockets.last.sentOf("react");
    hears({ type: "ack", client_id: first.client_id, message_id: 112, seq: 12, revision: 14 });
    hears({ ...message(12, { revision: 14, reactions: { "\u{1f44d}": [1] } }), type: "message_changed" });
    const [, second] = Sockets.last.sentOf("react");
    assert.deepEqual([second.on, shown()], [false, { "\u{1f44d}": false }]);
    hears({ type: "ack", client_id: second.client_id, message_id: 112, seq: 12, revision: 15 });
    assert.deepEqual([shown(), outbox.waiting().length], [{}, 0]);
  });

  test("to react or to delete ends when it is so", () => {
    room.react(112, "\u{1f44d}", true);
    hears({ ...message(12, { revision: 14, reactions: { "\u{1f44d}": [1] } }), type: "message_changed" });
    room.remove(113);
    assert.equal(Sockets.last.sentOf("delete_message").length, 1);
    hears({ type: "message_deleted", message_id: 113, revision: 15 });
    room.say("next");
    assert.deepEqual([outbox.waiting().length, posts()], [1, ["next"]]);
  });

  test("that somebody else's error answers is a notice", () => {
    const notices = heard(room, "notice");
    hears({ type: "error", code: "malformed", detail: "What?", temporary: false });
    assert.equal(notices[0][1].detail, "What?");
  });
});

describe("marking unread", () => {
  const asked = () => Sockets.last.sentOf("mark_unread");

  test("waits for a line, outlasts the page and ends with its acknowledgement", async () => {
    room.markUnread(room.timeline.withId(112));
    assert.equal(room.reading.readSeq, 11);
    await settled();
    await opensPage();
    connects();
    assert.deepEqual([asked().length, asked()[0].message_id, room.reading.readSeq], [1, 112, 11]);
    hears({ type: "ack", client_id: asked()[0].client_id, message_id: 112, read_seq: 11 });
    assert.deepEqual([outbox.waiting().length, room.reading.readSeq], [0, 11]);
  });

  test("is told once more after a loss", () => {
    connects();
    room.markUnread(room.timeline.withId(112));
    isLost();
    connects();
    assert.deepEqual([asked().length, room.reading.readSeq], [1, 11]);
  });

  test("is overtaken by another place, and by reading on", () => {
    room.markUnread(room.timeline.withId(113));
    room.markUnread(room.timeline.withId(112));
    assert.deepEqual(outbox.waiting().map(({ frame }) => frame.message_id), [112]);
    room.markRead(room.timeline.withId(111));
    assert.equal(outbox.waiting().length, 1);
    room.markRead(room.timeline.withId(113));
    connects();
    assert.deepEqual([outbox.waiting().length, asked().length, Sockets.last.sentOf("message_read").length], [0, 0, 0]); // the server has never heard that it was unread
  });

  test("goes by POST when the room is left", () => {
    room.markUnread(room.timeline.withId(112));
    assert.deepEqual(outbox.waiting()[0].post, { url: "/messaging/conversation/12/read/", body: { message: 112, unread: true } });
  });
});

describe("what was read", () => {
  const unread = { ...hangar, read_seq: 11 };
  const asked = () => Sockets.last.sentOf("message_read");

  test("without a line is told by the next page, and ends with its acknowledgement", async () => {
    await opensPage({ data: unread });
    room.markRead(room.timeline.withId(112));
    room.tellRead();
    room.markRead(room.timeline.withId(113));
    room.tellRead();
    await settled();
    await opensPage({ data: unread });
    connects();
    assert.deepEqual(asked().map(({ message_id }) => message_id), [113]);
    hears({ type: "ack", client_id: asked()[0].client_id, message_id: 113, read_seq: 13 });
    assert.equal(outbox.waiting().length, 0);
  });

  test("goes by POST when the room is left before there is a line", async () => {
    await opensPage({ data: unread });
    room.markRead(room.timeline.withId(113));
    room.close();
    assert.deepEqual(outbox.waiting().map(({ post }) => post), [{ url: "/messaging/conversation/12/read/", body: { message: 113 } }]);
  });

  test("leaves nothing to do where the server has been told", async () => {
    await opensPage({ data: unread });
    connects({ ...welcome, read_seq: 11 });
    room.markRead(room.timeline.withId(113));
    room.close();
    assert.deepEqual([asked().length > 0, outbox.waiting().length], [true, 0]);
  });
});

describe("pages of the past", () => {
  beforeEach(() => connects());

  test("are asked for from where we are", async () => {
    pages = [pageOf(8, 10)];
    const { messages, more_before } = await room.loadBefore();
    assert.deepEqual([asked, messages.map(({ seq }) => seq), more_before, seqs()], [["?before=11"], [8, 9, 10], true, range(8, 13)]);
  });

  test("may be anywhere, while the end goes on", async () => {
    pages = [pageOf(2, 4, { more_after: true }), pageOf(5, 6, { more_after: true }), pageOf(12, 14)];
    await room.loadAround(3);
    hears(message(14));
    assert.deepEqual(seqs(), [2, 3, 4, 11, 12, 13, 14]);
    await room.loadAfter(4);
    assert.deepEqual([seqs(), room.timeline.holes], [[...range(2, 6), ...range(11, 14)], [{ after: 6, before: 11 }]]);
    await room.loadNewest();
    assert.deepEqual([asked, seqs().slice(5)], [["?around=3", "?after=4", "?"], [11, 12, 13, 14]]);
  });

  test("are found by their day, where the reader is", async () => {
    pages = [pageOf(2, 4, { more_after: true, around: 3 })];
    const { around } = await room.loadDay("2026-11-20");
    assert.equal(around, 3);
    assert.match(asked[0], /^\?date=2026-11-20&zone=\w/);
  });

  test("lose nothing that changes while they are on their way", async () => {
    let arrives;
    pages = [new Promise((resolve) => (arrives = resolve))];
    const loading = room.loadBefore();
    hears({ ...message(10, { revision: 14, message: "Edited" }), type: "message_changed" });
    arrives(pageOf(8, 10, { revision: 13, more_after: true }));
    await loading;
    assert.deepEqual([seqs(), room.timeline.withId(110).message], [range(8, 13), "Edited"]);
  });

  test("say why they do not come", async () => {
    pages = [404];
    await assert.rejects(room.loadBefore(), { status: 404 });
    await assert.rejects(room.loadBefore(), { status: 0 });
    assert.deepEqual(seqs(), [11, 12, 13]);
  });
});

describe("another log", () => {
  const reset = { type: "reset", why: "epoch", revision: 5, epoch: "e2" };

  test("replaces the timeline by the newest page, nothing old stays", async () => {
    const resets = heard(room.timeline, "reset");
    Sockets.last.opens();
    room.say("mine");
    pages = [pageOf(1, 5, { epoch: "e2", more_before: false })];
    hears({ ...welcome, epoch: "e2", revision: 5 }, reset);
    assert.equal(room.status.state, "catching up");
    assert.deepEqual(posts(), ["mine"]);
    await settled();
    assert.deepEqual([seqs(), resets.length, room.status.state], [[1, 2, 3, 4, 5, "mine"], 1, "connected"]);
    hears(message(6));
    assert.equal(room.timeline.lastSeq, 6);
  });

  test("is asked for until it comes, also from a server in trouble", async () => {
    Sockets.last.opens();
    pages = [new TypeError("no network"), 503, pageOf(1, 5)];
    hears({ ...welcome, epoch: "e2" }, reset);
    for (let time = 0; time < 3; time += 1) {
      await settled();
      clock.pass(900);
    }
    await settled();
    assert.deepEqual([asked.length, seqs()], [3, range(1, 5)]);
  });

  test("that we may not read any more is left", async () => {
    const refusals = heard(room, "refused");
    Sockets.last.opens();
    pages = [404];
    hears({ ...welcome, epoch: "e2" }, reset);
    await settled();
    assert.deepEqual([refusals, room.connection.state], [[["refused", { code: 4403 }]], "closed"]);
  });

  for (const [what, answer] of [["does not come", new TypeError("no network")], ["may not be read any more", 403]]) {
    test(`that ${what} once the page was left leads nobody away from the next page`, async () => {
      const refusals = heard(room, "refused");
      Sockets.last.opens();
      pages = [answer];
      hears({ ...welcome, epoch: "e2" }, reset);
      room.close();
      await settled();
      assert.deepEqual([asked.length, refusals], [1, []]);
    });
  }
});

describe("a line of somebody else, who has signed in since", () => {
  test("is told nothing of what waits", () => {
    room.say("Mine");
    const refusals = heard(room, "refused");
    Sockets.last.opens();
    hears({ ...welcome, you: { user_id: bob.id } }, synced);
    assert.deepEqual([refusals, Sockets.last.sent, outbox.waiting().length], [[["refused", { code: 4401 }]], [], 1]);
    assert.equal(room.status.error, "You are signed out.");
  });
});

describe("a log that does not add up", () => {
  const jump = () => hears(message(room.stream.revision + 2), { type: "synced", revision: room.stream.revision }, message(room.stream.revision + 4));

  test("is reloaded once, then there is an honest error, then another look after a minute", async () => {
    connects();
    pages = [pageOf(90, 100), pageOf(190, 200)];
    for (let time = 0; time < 5; time += 1) jump();
    assert.equal(room.status.state, "catching up");
    await settled();
    assert.deepEqual([asked.length, room.timeline.lastSeq, room.status.words], [1, 100, "Connected"]);
    for (let time = 0; time < 5; time += 1) jump();
    assert.deepEqual([room.status.state, Boolean(room.status.error), asked.length], ["disconnected", true, 1]);
    assert.equal(Sockets.last.sentOf("resume").length, 3);
    const key = room.say("Still heard");
    assert.equal(posts().at(-1), "Still heard");
    hears(ack(key, 150));
    for (let second = 0; second < 60; second += 1) {
      hears({ type: "pong" });
      clock.pass(1_000);
    }
    await settled();
    assert.deepEqual([asked.length, room.timeline.lastSeq, room.status.words], [2, 200, "Connected"]);
  });
});

describe("a log that is mended on another line than the one it broke on", () => {
  let arrives;

  beforeEach(() => {
    connects();
    pages = [new Promise((resolve) => (arrives = resolve))];
    for (let time = 0; time < 5; time += 1) hears(message(room.stream.revision + 2), { type: "synced", revision: room.stream.revision });
    assert.equal(room.stream.state, "broken");
    isLost();
  });

  test("lets through again what is said", async () => {
    connects();
    arrives(pageOf(90, 100));
    await settled();
    assert.equal(room.status.words, "Connected");
    room.say("Still heard");
    assert.deepEqual(posts(), ["Still heard"]);
  });

  test("waits for a line that has not told all yet", async () => {
    Sockets.last.opens();
    arrives(pageOf(90, 100));
    await settled();
    room.say("Not yet");
    assert.deepEqual([room.status.state, posts()], ["catching up", []]);
    hears(welcome, { type: "synced", revision: 100 });
    assert.deepEqual([room.status.state, posts()], ["connected", ["Not yet"]]);
  });
});

describe("the status", () => {
  test("goes through its states, each said once", () => {
    const states = [];
    room.addEventListener("status", ({ detail }) => states.push(detail.words));
    Sockets.last.opens();
    hears(welcome, synced);
    Sockets.last.closes();
    assert.deepEqual(states, ["Catching up", "Connected", "Reconnecting (1)"]);
  });

  test("says what would be lost with the page", async () => {
    outbox = new Outbox({ userId: ada.id, indexedDB: null, lock: undefined, channel: null, clock });
    outbox.dies = () => {};
    room = new Room({ data: hangar, outbox, line: { WebSocket: Sockets }, fetch, clock, events: page });
    room.open();
    await outbox.ready;
    assert.equal(room.status.words, "Connecting");
    room.say("one");
    assert.equal(room.status.words, "Connecting \u00b7 1 message waiting, kept in this tab only");
  });

  test("tells the mode of the server", () => {
    const statuses = heard(room, "status");
    connects();
    statuses.length = 0;
    hears({ type: "mode", mode: "degraded" });
    assert.deepEqual([room.mode, statuses.length], ["degraded", 1]);
  });

  for (const [code, words] of [[4401, "You are signed out."], [4403, "The server has closed this conversation."], [4400, "The server has closed this conversation."]]) {
    test(`after ${code} says so, and the outbox is kept`, () => {
      const refusals = heard(room, "refused");
      connects();
      room.say("one");
      Sockets.last.closes(code);
      assert.deepEqual([room.status.state, room.status.error], ["disconnected", words]);
      assert.deepEqual([refusals, outbox.waiting().length], [[["refused", { code }]], 1]);
    });
  }
});
