import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import "./bare-names.js";

const { ANSWER_WITHIN_MS, patience } = await import("live/patience.js");
const { History } = await import("messaging/history.js");

describe("patience", () => {
  test("ends after a while, or when nobody wants the answer any more", () => {
    const spent = new AbortController();
    const timeout = mock.method(AbortSignal, "timeout", () => spent.signal);
    const [left, other] = [new AbortController(), new AbortController()];
    const [alone, one, another] = [patience(), patience(left.signal), patience(other.signal)];
    left.abort();
    assert.deepEqual([alone.aborted, one.aborted, another.aborted], [false, true, false]);
    spent.abort();
    assert.deepEqual([alone.aborted, another.aborted], [true, true]);
    assert.deepEqual(timeout.mock.calls.map(({ arguments: [ms] }) => ms), [ANSWER_WITHIN_MS, ANSWER_WITHIN_MS, ANSWER_WITHIN_MS]);
    timeout.mock.restore();
  });
});

describe("a page of the past", () => {
  // A network that has died without a word, before the answer or within it.
  const silent = (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const hangs = { "that never answers": (_, { signal }) => silent(signal), "that breaks off": async (_, { signal }) => ({ ok: true, json: () => silent(signal) }) };

  for (const [what, fetch] of Object.entries(hangs)) {
    test(`of a server ${what} is given up`, async () => {
      const spent = new AbortController();
      const timeout = mock.method(AbortSignal, "timeout", () => spent.signal);
      const page = new History({ url: "/", fetch }).page({ before: 11 });
      await new Promise(setImmediate);
      spent.abort();
      await assert.rejects(page, { status: 0 });
      timeout.mock.restore();
    });
  }
});
