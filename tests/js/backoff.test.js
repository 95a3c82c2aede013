import assert from "node:assert/strict";
import { describe, test } from "node:test";
import "./cast.js";

const { ATTEMPTS_IN_CHAIN, LAST_CEILING_MS, REST_MS, waitAgain, waitBefore } = await import("live/backoff.js");

const longest = () => 0.999999;

describe("waiting before a try", () => {
  test("the first try comes in under a second", () => {
    assert.ok(waitBefore(1, longest) < 1_000);
  });

  test("the ceiling doubles until it is reached", () => {
    const ceilings = Array.from({ length: ATTEMPTS_IN_CHAIN }, (_, index) => Math.round(waitBefore(index + 1, longest)));
    assert.deepEqual(ceilings.slice(0, 3), [800, 1600, 3200]);
    assert.ok(ceilings.slice(3).every((ceiling) => ceiling === LAST_CEILING_MS));
  });

  test("a server that is back is found within 5 s while the chain lasts", () => {
    for (let attempt = 1; attempt <= ATTEMPTS_IN_CHAIN; attempt += 1) assert.ok(waitBefore(attempt, longest) <= 5_000);
  });

  test("the jitter is full: anything from nothing to the ceiling", () => {
    assert.equal(waitBefore(5, () => 0), 0);
    assert.equal(waitBefore(5, () => 0.5), LAST_CEILING_MS / 2);
  });

  test("after the chain it rests between 30 and 60 seconds", () => {
    assert.equal(waitBefore(ATTEMPTS_IN_CHAIN + 1, () => 0), REST_MS[0]);
    assert.equal(waitBefore(99, () => 0.5), 45_000);
    assert.ok(waitBefore(99, longest) < REST_MS[1] + 1);
  });

  test("what never rests waits as long as the chain does, and no longer", () => {
    for (const attempt of [1, 2, 3, 5, 6, ATTEMPTS_IN_CHAIN]) assert.equal(waitAgain(attempt, longest), waitBefore(attempt, longest));
    for (const attempt of [ATTEMPTS_IN_CHAIN + 1, 99]) assert.equal(waitAgain(attempt, longest), waitBefore(5, longest));
  });
});
