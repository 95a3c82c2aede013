import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { FakeClock, heard } from "./cast.js";

const { Heartbeat } = await import("live/heartbeat.js");

let clock, pings, heartbeat, stale;

beforeEach(() => {
  clock = new FakeClock();
  pings = 0;
  heartbeat = new Heartbeat({ ping: () => (pings += 1), clock, random: () => 0.4 });
  stale = heard(heartbeat, "stale");
  heartbeat.start();
});

describe("the beat", () => {
  test("the first ping comes after a random fraction of 25 s", () => {
    clock.pass(9_999);
    assert.equal(pings, 0);
    clock.pass(1);
    assert.equal(pings, 1);
  });

  test("then one comes every 25 s", () => {
    clock.pass(10_000);
    for (const wanted of [2, 3, 4]) {
      heartbeat.heard();
      clock.pass(25_000);
      assert.equal(pings, wanted);
    }
  });

  test("the server may wish for another pace", () => {
    heartbeat.every(5);
    heartbeat.start();
    clock.pass(2_000);
    assert.equal(pings, 1);
  });
});

describe("life", () => {
  test("10 s without any after a ping is stale, said once", () => {
    clock.pass(10_000 + 9_999);
    assert.equal(stale.length, 0);
    clock.pass(1);
    assert.equal(stale.length, 1);
    clock.pass(100_000);
    assert.equal(stale.length, 1);
    assert.equal(pings, 1);
  });

  test("any frame is life", () => {
    clock.pass(19_999);
    heartbeat.heard();
    clock.pass(10_000);
    assert.equal(stale.length, 0);
  });

  test("stopped, it asks nothing and says nothing", () => {
    clock.pass(10_000);
    heartbeat.stop();
    heartbeat.check();
    clock.pass(100_000);
    assert.deepEqual([pings, stale.length], [1, 0]);
  });
});

describe("a check", () => {
  test("pings at once and gives 3 s", () => {
    heartbeat.check();
    assert.equal(pings, 1);
    clock.pass(2_999);
    assert.equal(stale.length, 0);
    clock.pass(1);
    assert.equal(stale.length, 1);
  });

  test("shortens the patience of a ping under way", () => {
    clock.pass(10_000);
    heartbeat.check();
    clock.pass(3_000);
    assert.equal(stale.length, 1);
  });

  test("a second one does not prolong the first", () => {
    heartbeat.check();
    clock.pass(2_000);
    heartbeat.check();
    clock.pass(1_000);
    assert.deepEqual([pings, stale.length], [1, 1]);
  });
});

describe("a sleep", () => {
  test("noticed by a late beat, leads to a check", () => {
    clock.sleep(600_000);
    assert.equal(pings, 1);
    clock.pass(3_000);
    assert.equal(stale.length, 1);
  });

  test("during a ping is no proof of death: it is asked once more", () => {
    clock.pass(10_000);
    clock.sleep(14_999 + 4_000);
    assert.equal(stale.length, 0);
    assert.equal(pings, 2);
    heartbeat.heard();
    clock.pass(3_000);
    assert.equal(stale.length, 0);
  });
});
