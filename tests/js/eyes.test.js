// Where somebody looks, and how long ago they touched the page.

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { FakeWindow } from "./cast.js";

const { Eyes } = await import("elements/told/eyes.js");

const [HERE, NOW] = [12, 1_700_000_000_000];
let page, connection, eyes, stored, time;

beforeEach(() => {
  [time, stored, page] = [NOW, null, Object.assign(new FakeWindow(), { visibilityState: "visible", hasFocus: () => true })];
  globalThis.window = globalThis.document = page;
  globalThis.localStorage = { getItem: () => stored, setItem: (_, words) => { stored = words; } };
  mock.method(Date, "now", () => time);
  mock.timers.enable({ apis: ["setInterval"] });
  connection = Object.assign(new EventTarget(), { said: [], send: (frame) => connection.said.push(frame) });
  eyes = new Eyes({ connection, here: () => HERE });
});

afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
  delete globalThis.localStorage;
});

function passes(ms) {
  time += ms;
  mock.timers.tick(ms);
}

const idle = () => connection.said.at(-1).idle;

describe("how long nobody touched a page", () => {
  test("is told as long as somebody is at it", () => {
    passes(60_000);
    assert.deepEqual(connection.said.map((said) => said.conversation_id), [HERE, HERE, HERE]);
    assert.equal(idle(), 60);
  });

  test("is told at once when they touch it again", () => {
    passes(60_000);
    page.dispatchEvent(new Event("keydown"));
    passes(30_000);
    assert.equal(idle(), 30);
  });

  test("goes on from when the clock was put back", () => {
    time -= 3_600_000;
    passes(30_000);
    passes(60_000);
    assert.equal(idle(), 60);
  });
});

describe("another tab", () => {
  test("is where it said that it is, for a while", () => {
    page.hasFocus = () => false;
    stored = `7 ${time}`;
    assert.deepEqual([eyes.isAnyTabAt(7), eyes.isAnyTabAt(HERE)], [true, false]);
    passes(36_000);
    assert.equal(eyes.isAnyTabAt(7), false);
  });

  test("that is gone is not there for hours because the clock was put back", () => {
    page.hasFocus = () => false;
    stored = `7 ${time}`;
    time -= 3_600_000;
    assert.equal(eyes.isAnyTabAt(7), false);
  });
});
