// What a frame or a page says under the names of prototypes is only data: nothing of ours behaves otherwise afterwards.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ada, bob, FakeClock, FakeWindow, fakeWebSocket, heard, message } from "./cast.js";

const { Connection } = await import("live/connection.js");
const { Inbox } = await import("messaging/inbox.js");
const { Timeline } = await import("messaging/timeline.js");

const POISON = '"__proto__": {"isPoisoned": true, "type": "welcome"}, "constructor": {"prototype": {"isPoisoned": true}}';

// A frame as it comes in by the wire, with both names in it, and in whatever stands in it.
function poisoned(frame) {
  return JSON.stringify(frame).replaceAll("{", `{${POISON}, `).replaceAll(", }", "}");
}

function isAsEver() {
  return [{}.isPoisoned, [].isPoisoned, (() => {}).isPoisoned, Object.prototype.type].every((one) => one === undefined);
}

test("the poison would be one", () => {
  const parsed = JSON.parse(poisoned({ type: "pong" }));
  assert.ok(Object.hasOwn(parsed, "__proto__") && Object.hasOwn(parsed, "constructor"));
  assert.equal(Object.assign({}, parsed).isPoisoned, true);
});

test("a line hands it on as it came", () => {
  const Sockets = fakeWebSocket();
  const connection = new Connection({ url: () => "/ws/inbox/", WebSocket: Sockets, clock: new FakeClock(), random: () => 0.5, events: new FakeWindow() });
  const frames = heard(connection, "frame");
  connection.open();
  Sockets.last.opens();
  Sockets.last.onmessage({ data: poisoned({ type: "welcome", protocol: 2, heartbeat: 25 }) });
  Sockets.last.onmessage({ data: poisoned({ type: "chat_message", message: "Hello" }) });
  assert.deepEqual(frames.map(([, { type }]) => type), ["welcome", "chat_message"]);
  assert.ok(isAsEver());
});

test("a message of it is a message", () => {
  const timeline = new Timeline({ me: ada, page: { messages: [message(11)] } });
  timeline.upsert(JSON.parse(poisoned({ ...message(12), reactions: { "👍": [bob.id] } })));
  timeline.upsert(JSON.parse(poisoned({ ...message(12), revision: 99, message: "Other words" })));
  assert.deepEqual(timeline.messages.map(({ seq, message: words }) => [seq, words]).at(-1), [12, "Other words"]);
  assert.ok(isAsEver());
});

test("an inbox of it is an inbox", () => {
  const connection = Object.assign(new EventTarget(), { send: () => true });
  const inbox = new Inbox({ me: ada, connection, clock: new FakeClock() });
  const place = { conversation_id: 12, kind: "room", name: "__proto__", url: "/", board_id: 1, task_id: null, unread: 2, mentions: 1, read_seq: 8, last_seq: 10, revision: 20, level: "all", private: false };
  const says = (frame) => connection.dispatchEvent(new CustomEvent("frame", { detail: JSON.parse(poisoned(frame)) }));
  says({ type: "welcome" });
  says({ type: "inbox", conversations: [place], boards: [], notifications_unread: 1 });
  says({ type: "conversation_state", conversation_id: 12, read_seq: 10, unread: 0, mentions: 0, revision: 21, level: "all" });
  assert.deepEqual([inbox.isReady, inbox.conversation(12).unread, inbox.totalUnread], [true, 0, 0]);
  assert.ok(isAsEver());
});
