// A page stands ready until something changes there, and for one visit; it is made again without asking.

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import "./bare-names.js";

const { PageFetcher } = await import("elements/visits/page-fetcher.js");
const { PagesReady } = await import("elements/visits/pages-ready.js");

let marks, asked, ready, takes;

beforeEach(() => {
  globalThis.document = { hidden: false };
  globalThis.requestIdleCallback = (rested) => setTimeout(rested);
  marks = new Map();
  asked = [];
  takes = 0; // milliseconds, each answer
  mock.method(performance, "now", () => takes * asked.length);
  const ask = async (address) => (asked.push(address), `text of ${address}`);
  ready = new PagesReady({ markOf: (address) => marks.get(address) ?? null, ask, make: async (text) => ({ text }) });
});

afterEach(() => mock.restoreAll());

async function prepares(...addresses) {
  ready.prepare(addresses);
  for (let turn = 0; turn < 3 + 3 * addresses.length; turn += 1) await new Promise((on) => setTimeout(on));
}

describe("a page that stands ready", () => {
  beforeEach(async () => {
    marks.set("/a", "1");
    await prepares("/a");
  });

  test("is for whoever takes it first", async () => {
    assert.deepEqual(await ready.take("/a"), { text: "text of /a" });
    assert.equal(ready.take("/a"), null);
  });

  test("is made again without asking, and is another one", async () => {
    const first = await ready.take("/a");
    await prepares("/a");
    const second = await ready.take("/a");
    assert.deepEqual(second, first);
    assert.notEqual(second, first);
    assert.deepEqual(asked, ["/a"]);
  });

  test("is none any more some minutes later, nor after the clock was put back", async () => {
    const now = Date.now();
    for (const hours of [1, -1]) {
      mock.method(Date, "now", () => now + hours * 3_600_000);
      assert.equal(ready.has("/a"), false);
    }
    mock.method(Date, "now", () => now + 1_000);
    assert.ok(ready.has("/a"));
  });

  test("is none any more once something has changed, or nobody knows", async () => {
    marks.set("/a", "2");
    assert.equal(ready.take("/a"), null);
    marks.delete("/a");
    assert.equal(ready.take("/a"), null);
    marks.set("/a", "2");
    await prepares("/a");
    assert.ok(ready.has("/a"));
    assert.deepEqual(asked, ["/a", "/a"]);
  });
});

test("nothing is asked of places nobody knows of, nor for a page that is not looked at", async () => {
  await prepares("/unknown");
  marks.set("/a", "1");
  globalThis.document.hidden = true;
  await prepares("/a");
  assert.deepEqual(asked, []);
});

test("a page that cannot be had leaves the others", async () => {
  marks.set("/a", "1").set("/b", "1");
  const ask = async (address) => (address === "/a" ? Promise.reject(new Error("gone")) : address);
  ready = new PagesReady({ markOf: (address) => marks.get(address), ask, make: async (text) => text });
  await prepares("/a", "/b");
  assert.equal(ready.take("/a"), null);
  assert.equal(await ready.take("/b"), "/b");
});

test("ten are kept, the latest", async () => {
  const all = Array.from({ length: 11 }, (_, number) => `/${number}`);
  for (const address of all) marks.set(address, "1");
  await prepares(...all);
  assert.deepEqual(all.filter((address) => !ready.has(address)), ["/0"]);
});

test("a room just left is asked for before those that wait", async () => {
  for (const address of ["/a", "/b", "/c"]) marks.set(address, "1");
  ready.prepare(["/a", "/b"]);
  await prepares("/c");
  await prepares();
  assert.deepEqual(asked.slice(0, 2), ["/c", "/a"]);
});

test("a server is left nine times as long as it took", async (t) => {
  marks.set("/a", "1").set("/b", "1");
  const pauses = t.mock.method(globalThis, "setTimeout");
  takes = 20;
  await prepares("/a", "/b");
  assert.deepEqual(pauses.mock.calls.map(({ arguments: [, pause] }) => pause).filter(Boolean), [180]);
});

test("a server that is slow is left alone", async () => {
  marks.set("/a", "1").set("/b", "1");
  takes = 600;
  await prepares("/a", "/b");
  assert.deepEqual(asked, ["/a"]);
});

test("a page that somebody is about to ask for is fetched once, and anew a while later or once the clock was put back", () => {
  const now = Date.now();
  globalThis.navigator ??= {};
  globalThis.fetch = (address) => (asked.push(address), new Promise(() => {}));
  const fetcher = new PageFetcher({ markOf: () => null });
  const asks = (later) => {
    mock.method(Date, "now", () => now + later);
    fetcher.prefetch("http://localhost/messaging/");
    return asked.length;
  };
  assert.deepEqual([0, 3_000, 5_000, -3_600_000].map(asks), [1, 1, 2, 3]);
});
