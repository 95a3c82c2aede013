import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import "./bare-names.js";

const { Stretches } = await import("messaging/stretches.js");

let stretches;
const places = (from, to) => Array.from({ length: to - from + 1 }, (_, place) => from + place).filter((seq) => stretches.has(seq));

beforeEach(() => {
  stretches = new Stretches();
});

describe("stretches", () => {
  test("begin with nothing", () => {
    assert.deepEqual([stretches.first, stretches.last, stretches.holes, stretches.has(1)], [Infinity, -Infinity, [], false]);
  });

  test("that touch are one", () => {
    stretches.add(11, 20);
    stretches.add(1, 5);
    assert.deepEqual(stretches.holes, [{ after: 5, before: 11 }]);
    stretches.add(6, 10);
    assert.deepEqual([stretches.holes, stretches.first, stretches.last], [[], 1, 20]);
  });

  test("may overlap, and swallow others", () => {
    for (const [first, last] of [[3, 4], [8, 9], [15, 16]]) stretches.add(first, last);
    stretches.add(4, 12);
    assert.deepEqual(stretches.holes, [{ after: 12, before: 15 }]);
  });

  test("take in whatever comes when their end is open", () => {
    stretches.add(0, 3);
    stretches.add(10, Infinity);
    assert.deepEqual([stretches.has(1e12), stretches.has(5), stretches.first], [true, false, 0]);
  });

  test("can be dropped in part", () => {
    stretches.add(0, Infinity);
    stretches.drop(4, 6);
    stretches.drop(9, 8);
    assert.deepEqual([places(0, 8), stretches.holes], [[0, 1, 2, 3, 7, 8], [{ after: 3, before: 7 }]]);
    stretches.drop(-Infinity, 4);
    assert.deepEqual([stretches.first, stretches.holes], [7, []]);
  });

  test("are what was added and not dropped, however it was done", () => {
    let seed = 7;
    const random = (limit) => (seed = (seed * 16807) % 2147483647) % limit;
    const model = new Set();
    for (let step = 0; step < 500; step += 1) {
      const [first, length, isAdded] = [random(60), random(12), random(3) > 0];
      if (isAdded) stretches.add(first, first + length);
      else stretches.drop(first, first + length);
      for (let seq = first; seq <= first + length; seq += 1) isAdded ? model.add(seq) : model.delete(seq);
      assert.deepEqual(places(0, 75), [...model].sort((one, other) => one - other));
      for (const { after, before } of stretches.holes) assert.ok(model.has(after) && !model.has(after + 1) && model.has(before));
    }
  });
});
