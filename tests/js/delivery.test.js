import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { FakeClock } from "./cast.js";

const { Delivery } = await import("messaging/delivery.js");
const { Outbox } = await import("live/outbox.js");

const ROOM = 12;
let clock, outbox, delivery, sent, takes;

beforeEach(async () => {
  clock = new FakeClock();
  sent = [];
  takes = true;
  outbox = new Outbox({ userId: 1, indexedDB: null, lock: undefined, channel: null, clock });
  const send = (frame) => takes && sent.push(frame.message) > 0;
  delivery = new Delivery({ outbox, conversationId: ROOM, send, clock, random: () => 0.5 });
  await outbox.ready;
});

function says(...texts) {
  for (const text of texts) outbox.put({ client_id: text, conversation_id: ROOM, frame: { type: "chat_message", message: text }, text });
}

const acked = (text) => delivery.arrived(text, { client_id: text, seq: 1 });
const error = (text, fields) => delivery.refused({ client_id: text, detail: "No.", temporary: false, ...fields });

describe("the delivery", () => {
  test("waits for the line, then sends in order, each when the one before is acknowledged", () => {
    says("a", "b", "c");
    assert.deepEqual(sent, []);
    delivery.lineOpened();
    assert.deepEqual(sent, ["a"]);
    acked("a");
    assert.deepEqual(sent, ["a", "b"]);
    acked("b");
    acked("c");
    assert.deepEqual([sent, outbox.waiting().length], [["a", "b", "c"], 0]);
  });

  test("is not hurried by an answer to what is not under way", () => {
    says("a", "b");
    delivery.lineOpened();
    acked("x");
    error("y", { temporary: true });
    assert.deepEqual(sent, ["a"]);
  });

  for (const [what, answer] of [["an acknowledgement", acked], ["a refusal", error]]) {
    test(`goes on after ${what} of what was thrown away meanwhile`, () => {
      says("a", "b");
      delivery.lineOpened();
      outbox.remove("a");
      answer("a");
      assert.deepEqual(sent, ["a", "b"]);
    });
  }

  test("sends what is said while the line is open at once", () => {
    delivery.lineOpened();
    says("a");
    assert.deepEqual(sent, ["a"]);
  });

  test("leaves other conversations alone", () => {
    outbox.put({ client_id: "x", conversation_id: 7, frame: { message: "x" }, text: "x" });
    delivery.lineOpened();
    assert.deepEqual(sent, []);
  });

  test("sends all again after a loss, in order", () => {
    says("a");
    delivery.lineOpened();
    delivery.lineClosed(1006);
    says("b");
    clock.pass(60_000);
    assert.deepEqual(sent, ["a"]);
    delivery.lineOpened();
    acked("a");
    acked("b");
    assert.deepEqual(sent, ["a", "a", "b"]);
  });

  test("sends again what has no answer within 10 s", () => {
    says("a", "b");
    delivery.lineOpened();
    clock.pass(9_999);
    assert.deepEqual(sent, ["a"]);
    clock.pass(1);
    assert.deepEqual(sent, ["a", "a"]);
  });

  test("keeps what the line did not take", () => {
    takes = false;
    delivery.lineOpened();
    says("a");
    takes = true;
    delivery.lineOpened();
    assert.deepEqual(sent, ["a"]);
  });
});

describe("an error", () => {
  test("that will pass is waited for, and nothing overtakes", () => {
    says("a", "b");
    delivery.lineOpened();
    error("a", { temporary: true, retry_after: 3 });
    says("c");
    clock.pass(2_999);
    assert.deepEqual(sent, ["a"]);
    clock.pass(1);
    assert.deepEqual(sent, ["a", "a"]);
    acked("a");
    assert.deepEqual(sent, ["a", "a", "b"]);
  });

  test("that will pass but does not say when is tried more and more rarely, and for ever", () => {
    says("a");
    delivery.lineOpened();
    const waits = [];
    for (let time = 0; time < 12; time += 1) {
      error("a", { temporary: true });
      waits.push(clock.waiting[0]);
      clock.pass(clock.waiting[0]);
    }
    assert.deepEqual(waits.slice(0, 4), [400, 800, 1600, 2500]);
    assert.equal(waits.at(-1), 2_500);
    assert.equal(sent.length, 13);
  });

  test("that will pass at once is not tried at once for ever", () => {
    says("a");
    delivery.lineOpened();
    error("a", { temporary: true, retry_after: 0 });
    assert.deepEqual([sent, clock.waiting], [["a"], [400]]);
  });

  test("that will not pass fails the message with its reason, and the next goes on", () => {
    says("a", "b");
    delivery.lineOpened();
    error("a", { detail: "Too long." });
    assert.deepEqual([sent, outbox.entry("a").state, outbox.entry("a").reason], [["a", "b"], "failed", "Too long."]);
    acked("b");
    outbox.retry("a");
    assert.deepEqual(sent, ["a", "b", "a"]);
  });
});

describe("a message that cannot pass", () => {
  test("because it is too long is not tried", () => {
    delivery.limit({ message: 10 });
    delivery.lineOpened();
    says("0123456789\u{1f600}", "b");
    assert.deepEqual([sent, outbox.waiting()[0].state], [["b"], "failed"]);
  });

  test("but its length is counted in characters", () => {
    delivery.limit({ message: 3 });
    delivery.lineOpened();
    says("\u{1f600}\u{1f600}\u{1f600}");
    assert.equal(sent.length, 1);
  });

  test("because its frame is too large is not tried", () => {
    delivery.limit({ frame: 60 });
    delivery.lineOpened();
    says("\u00e4".repeat(20));
    assert.deepEqual([sent, outbox.waiting()[0].state], [[], "failed"]);
  });

  test("because the server falls over it is given up after five times, and the next goes on", () => {
    says("a", "b");
    for (let time = 0; time < 5; time += 1) {
      delivery.lineOpened();
      delivery.lineClosed(1011);
      clock.pass(15_000);
    }
    delivery.lineOpened();
    assert.deepEqual([sent, outbox.entry("a").state], [["a", "a", "a", "a", "a", "b"], "failed"]);
  });

  test("but not after fewer, however long that takes", () => {
    says("a");
    for (let time = 0; time < 4; time += 1) {
      delivery.lineOpened();
      delivery.lineClosed(1011);
      clock.pass(60_000);
    }
    assert.equal(outbox.entry("a").state, "waiting");
  });

  test("or because it was thrown away when the server fell over it keeps nothing waiting", () => {
    says("a", "b");
    delivery.lineOpened();
    outbox.remove("a");
    delivery.lineClosed(1011);
    delivery.lineOpened();
    assert.deepEqual(sent, ["a", "b"]);
  });

  test("but lines that are cut are no fault of its own", () => {
    says("a");
    for (let time = 0; time < 9; time += 1) {
      delivery.lineOpened();
      delivery.lineClosed(1006);
      clock.pass(15_000);
    }
    assert.equal(outbox.entry("a").state, "waiting");
  });

  test("nor are those that the server falls over while nothing is under way", () => {
    says("a");
    for (let time = 0; time < 9; time += 1) {
      delivery.lineOpened();
      delivery.lineClosed(1006);
      delivery.lineClosed(1011);
      delivery.lineOpened();
      error("a", { temporary: true });
      delivery.lineClosed(1011);
      clock.pass(15_000);
    }
    assert.equal(outbox.entry("a").state, "waiting");
  });
});

describe("a wish", () => {
  test("is sent again until the server acknowledges it, and the next goes on", () => {
    outbox.put({ client_id: "w", conversation_id: ROOM, wish: "edit", frame: { message: "w" }, text: "w" });
    says("b");
    delivery.lineOpened();
    clock.pass(40_000);
    assert.deepEqual([sent, outbox.entry("w").state], [["w", "w", "w", "w", "w"], "waiting"]);
    acked("w");
    assert.deepEqual([sent.slice(5), outbox.entry("w")], [["b"], undefined]);
  });
});
