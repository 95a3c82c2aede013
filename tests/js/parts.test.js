import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { ada, FakeClock, heard } from "./cast.js";

const { newId } = await import("live/new-id.js");
const { Presence } = await import("messaging/presence.js");
const { Reading } = await import("messaging/reading.js");
const { statusOf } = await import("messaging/status.js");
const { Typing } = await import("messaging/typing.js");
const { bodyOf, frameOf, wellFormed } = await import("messaging/words.js");

let clock, sent, isOpen;
const send = (frame) => isOpen && sent.push(frame) > 0;

beforeEach(() => {
  clock = new FakeClock();
  sent = [];
  isOpen = true;
});

describe("a new id", () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  test("is a UUID, and another each time", () => {
    assert.match(newId(), uuid);
    assert.notEqual(newId(), newId());
  });

  test("also on a page that is served by plain http", () => {
    const crypto = { getRandomValues: (bytes) => globalThis.crypto.getRandomValues(bytes) };
    assert.match(newId(crypto), uuid);
    assert.notEqual(newId(crypto), newId(crypto));
  });
});

describe("words", () => {
  const room = { post_type: "chat_message", post_field: "message" };
  const task = { post_type: "comment", post_field: "comment" };

  test("of a room and of a task are spelled differently", () => {
    const said = { text: "Hi", clientId: "c" };
    assert.deepEqual(frameOf(room, said), { type: "chat_message", message: "Hi", client_id: "c" });
    assert.deepEqual(frameOf(task, said), { type: "comment", comment: "Hi", client_id: "c" });
    assert.deepEqual(bodyOf(said), { message: "Hi", client_id: "c" });
  });

  test("may answer, and carry files", () => {
    const said = { text: "Hi", clientId: "c", replyTo: { message_id: 4, excerpt: "x" }, attachments: [{ id: 8, name: "a.png" }] };
    assert.deepEqual(frameOf(room, said), { type: "chat_message", message: "Hi", client_id: "c", reply_to: 4, attachments: [8] });
  });

  test("are whole characters", () => {
    assert.equal(wellFormed("a\ud83d b\ud83d\ude00"), "a\ufffd b\ud83d\ude00");
  });
});

describe("typing", () => {
  let typing, changes;
  const hears = (type, user_id, username) => typing.hear({ type, user_id, username, display_name: username });
  const names = () => typing.people.map(({ display_name }) => display_name);

  beforeEach(() => {
    typing = new Typing({ me: ada, send, clock });
    changes = heard(typing, "change");
  });

  test("shows the others, never ourselves, until they stop", () => {
    hears("user_typing", 2, "Bob");
    hears("user_typing", 1, "Ada");
    hears("user_typing", 3, "Carol");
    hears("user_typing", 2, "Bob");
    assert.deepEqual([names(), changes.length], [["Bob", "Carol"], 2]);
    hears("user_stop_typing", 2, "Bob");
    typing.end(3);
    assert.deepEqual([names(), changes.length], [[], 4]);
  });

  test("is told also after the clock was put back", () => {
    typing.tell();
    clock.time -= 3_600_000;
    typing.tell();
    assert.equal(sent.length, 2);
  });

  test("ends by itself 6 s after the last sign", () => {
    hears("user_typing", 2, "Bob");
    clock.pass(5_000);
    hears("user_typing", 2, "Bob");
    clock.pass(5_999);
    assert.deepEqual(names(), ["Bob"]);
    clock.pass(1);
    assert.deepEqual(names(), []);
  });

  test("is told once in 2 s", () => {
    for (let key = 0; key < 41; key += 1) {
      typing.tell();
      clock.pass(100);
    }
    assert.equal(sent.length, 3);
  });

  test("is taken back if it was told lately", () => {
    typing.stop();
    typing.tell();
    typing.stop();
    typing.tell();
    clock.pass(6_000);
    typing.stop();
    assert.deepEqual(sent.map(({ type }) => type), ["typing", "stop_typing", "typing"]);
  });

  test("ends with a post, and may be told at once after it", () => {
    typing.tell();
    typing.posted();
    typing.stop();
    typing.tell();
    assert.deepEqual(sent.map(({ type }) => type), ["typing", "typing"]);
  });

  test("is forgotten with the line", () => {
    hears("user_typing", 2, "Bob");
    typing.forget();
    assert.deepEqual(names(), []);
    clock.pass(10_000);
    assert.equal(changes.length, 2);
  });
});

describe("presence", () => {
  let presence;
  const update = (...people) => presence.hear({ members: people.map(([user_id, status]) => ({ user_id, display_name: `P${user_id}`, status })) });
  const shown = () => [...presence.people.values()].map(({ user_id, status }) => [user_id, status]);

  beforeEach(() => (presence = new Presence()));

  test("is everybody first, and changes afterwards", () => {
    update([1, "active"], [2, "away"]);
    update([2, "active"]);
    assert.deepEqual(shown(), [[1, "active"], [2, "active"]]);
    assert.equal(presence.statusOf(9), "offline");
  });

  test("is everybody again on a new line", () => {
    update([1, "active"], [2, "away"]);
    presence.restart();
    update([1, "active"]);
    assert.deepEqual(shown(), [[1, "active"]]);
  });

  test("follows who comes and goes", () => {
    update([1, "active"]);
    presence.came({ user_id: 2, username: "bob" });
    presence.left({ user_id: 1, username: "ada" });
    assert.deepEqual(shown(), [[1, "offline"], [2, "active"]]);
    assert.equal(presence.people.get(1).display_name, "P1");
  });
});

describe("reading", () => {
  let reading;
  const at = (seq) => ({ id: 100 + seq, seq });

  beforeEach(() => (reading = new Reading({ me: ada, send, readSeq: 10, reads: { 1: 10, 2: 8 }, clock })));

  test("tells how far we have read, upwards only", () => {
    reading.read(at(9));
    reading.read(at(12));
    assert.deepEqual(sent, [{ type: "message_read", message_id: 112 }]);
    clock.pass(1_000);
    reading.read(at(11));
    clock.pass(1_000);
    assert.equal(sent.length, 1);
  });

  test("tells it now and then, the latest", () => {
    for (let seq = 11; seq <= 30; seq += 1) {
      reading.read(at(seq));
      clock.pass(50);
    }
    clock.pass(500);
    assert.deepEqual(sent.map(({ message_id }) => message_id), [111, 120, 130]);
  });

  test("tells it also after the clock was put back", () => {
    reading.read(at(11));
    clock.time -= 3_600_000;
    reading.read(at(12));
    clock.pass(500);
    assert.deepEqual(sent.map(({ message_id }) => message_id), [111, 112]);
  });

  test("tells it again after a loss, until it is confirmed", () => {
    isOpen = false;
    reading.read(at(12));
    isOpen = true;
    reading.welcomed({ read_seq: 10, reads: { 2: 9 } });
    assert.equal(sent.length, 1);
    reading.hear({ user_id: 1, read_seq: 12 });
    clock.pass(1_000);
    reading.welcomed({ read_seq: 12, reads: {} });
    clock.pass(1_000);
    assert.deepEqual([sent.length, reading.readSeq], [1, 12]);
  });

  test("knows how far the others are", () => {
    assert.deepEqual([reading.readersOf(8), reading.readersOf(9)], [[2], []]);
    reading.hear({ user_id: 2, read_seq: 9 });
    reading.hear({ user_id: 3, read_seq: 20 });
    reading.hear({ user_id: 4, message_id: 5 });
    assert.deepEqual(reading.readersOf(9), [2, 3]);
  });

  test("can be taken back, whatever a server says that does not know it yet", () => {
    let from = Infinity;
    reading = new Reading({ me: ada, send, readSeq: 10, unreadFrom: () => from, clock });
    from = 6;
    reading.unread(at(6));
    assert.equal(reading.readSeq, 5);
    reading.welcomed({ read_seq: 10 });
    assert.equal(reading.readSeq, 5);
    from = Infinity;
    reading.welcomed({ read_seq: 10 });
    assert.equal(reading.readSeq, 10);
  });

  test("says whether it is news", () => {
    assert.deepEqual([reading.read(at(10)), reading.read(at(11)), reading.read(at(11))], [false, true, false]);
  });
});

describe("the status in words", () => {
  const words = (state, attempt = 0, waiting = 0, stream = { state: "live" }, error = null, canSave = true) =>
    statusOf({ connection: { state, attempt, retryAt: null }, stream, waiting, canSave, error });
  const stuck = (state, waiting) => words(state, 1, waiting, { state: "live" }, null, false);

  for (const [status, expected, colour] of [
    [words("closed"), "Connecting", "warn"],
    [words("connecting"), "Connecting", "warn"],
    [words("open", 0, 0, { state: "catching up" }), "Catching up", "warn"],
    [words("open", 0, 0, { state: "broken" }), "Catching up", "warn"],
    [words("open"), "Connected", "good"],
    [words("open", 0, 3), "Connected", "good"],
    [stuck("open", 0), "Connected \u00b7 nothing can be saved at the moment", "warn"],
    [stuck("open", 2), "Connected \u00b7 nothing can be saved at the moment \u00b7 2 messages waiting", "warn"],
    [stuck("offline", 2), "Offline \u00b7 2 messages waiting", "bad"],
    [words("reconnecting", 3), "Reconnecting (3)", "warn"],
    [words("reconnecting", 3, 1), "Reconnecting (3) \u00b7 1 message waiting", "warn"],
    [words("offline", 3, 2), "Offline \u00b7 2 messages waiting", "bad"],
    [words("disconnected", 11, 2), "Disconnected \u00b7 2 messages waiting", "bad"],
    [words("refused"), "Disconnected", "bad"],
    [words("open", 0, 0, { state: "failed" }, "Out of step."), "Disconnected", "bad"],
  ]) {
    test(`${expected} (${colour})`, () => assert.deepEqual([status.words, status.colour], [expected, colour]));
  }

  test("Reconnect now is offered while there is no line", () => {
    const offers = ["connecting", "open", "reconnecting", "disconnected", "offline"].filter((state) => words(state).canRetry);
    assert.deepEqual(offers, ["reconnecting", "disconnected", "offline"]);
  });
});
