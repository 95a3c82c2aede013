import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ada, bob, FakeClock, message } from "./cast.js";

const { Reading } = await import("messaging/reading.js");
const { readersOf, readersOfLast } = await import("messaging/readers.js");
const { Timeline } = await import("messaging/timeline.js");

const members = [[1, "Ada"], [2, "Bob"], [3, "Vera"]].map(([user_id, display_name]) => ({ user_id, display_name }));

function readers(messages, reads) {
  const timeline = new Timeline({ me: ada, page: { messages } });
  const reading = new Reading({ me: ada, send: () => true, reads, clock: new FakeClock() });
  const { readers: those, others } = readersOfLast({ timeline, reading }, { me: ada, members });
  return [those.map(({ display_name: name }) => name), others.map(({ display_name: name }) => name)];
}

describe("a message of mine", () => {
  test("has been read by those who are as far, whatever I said since", () => {
    const reading = new Reading({ me: ada, send: () => true, reads: { 2: 2, 3: 1 }, clock: new FakeClock() });
    const names = (people) => people.map(({ display_name: name }) => name);
    const of = (seq) => Object.values(readersOf(message(seq, { by: ada }), { reading }, { me: ada, members })).map(names);
    assert.deepEqual([of(1), of(2), of(3)], [[["Bob", "Vera"], []], [["Bob"], ["Vera"]], [[], ["Bob", "Vera"]]]);
  });
});

describe("what I said last", () => {
  test("has been read by those who are as far", () => {
    const said = [message(1, { by: ada }), message(2, { by: ada }), message(3, { by: bob })];
    assert.deepEqual(readers(said, { 1: 3, 2: 3, 3: 1 }), [["Bob"], ["Vera"]]);
    assert.deepEqual(readers(said, { 2: 3, 3: 2 }), [["Bob", "Vera"], []]);
  });

  test("is what still stands", () => {
    const said = [message(1, { by: ada }), message(2, { by: ada, deleted_at: "2026-11-23T00:00:00Z" })];
    assert.deepEqual(readers(said, { 2: 1 }), [["Bob"], ["Vera"]]);
  });

  test("may be nothing", () => {
    assert.deepEqual(readers([message(1, { by: bob })], { 2: 1, 3: 1 })[0], []);
  });
});
