import assert from "node:assert/strict";
import { test } from "node:test";
import { ada, FakeClock, message } from "./cast.js";

const { Reading } = await import("messaging/reading.js");
const { readersOf } = await import("messaging/readers.js");
const { takeWhoIsIn } = await import("messaging/who-is-in.js");

const [Ada, Bob, Vera] = ["Ada", "Bob", "Vera"].map((display_name, n) => ({ user_id: n + 1, display_name }));

test("who has come and gone, and what I may do, is known to all who hold what the page was given", () => {
  const data = { me: ada, members: [Ada, Vera], may: { post: false, moderate: false } };
  const { members, may } = data;
  const reading = new Reading({ me: ada, send: () => true, reads: { 2: 1 }, clock: new FakeClock() });
  const shown = [];
  reading.addEventListener("change", () => shown.push(readersOf(message(1, { by: ada }), { reading }, data)));
  takeWhoIsIn({ room: { reading }, data }, { members: [Ada, Bob], may: { post: true, moderate: true } });
  assert.deepEqual([members, may], [[Ada, Bob], { post: true, moderate: true, readers: true }]);
  assert.deepEqual(shown, [{ readers: [Bob], others: [] }]);
  takeWhoIsIn({ room: { reading }, data }, { members: [Ada], may: { post: true, moderate: true } });
  assert.equal(may.readers, false);
});
