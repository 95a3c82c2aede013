import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";
import { FakeClock, settled } from "./cast.js";

const SOURCE = readFileSync(new URL("../../static/worker/files.js", import.meta.url), "utf8");
const OLD = "https://chat.example/static/x.js?v=1";
const NEW = "https://chat.example/static/x.js?v=2";

// The worker's own `file`, of version 1, which has kept OLD; `put` and `fetch` are as the day goes.
function worker({ put, fetch }) {
  const match = async ({ url }, { ignoreSearch } = {}) => (url === OLD || ignoreSearch ? new Response("old") : undefined);
  const caches = { open: async () => ({ match, put }) };
  return runInNewContext(`${SOURCE}; file`, { SHELL: { version: "1" }, caches, fetch, URL });
}

describe("what a page is made of", () => {
  const full = async () => { throw new DOMException("full", "QuotaExceededError"); };
  const comes = async () => new Response("new");

  test("comes new from the server, also when there is no room to keep it", async () => {
    const file = worker({ put: full, fetch: comes });
    assert.equal(await (await file({ url: NEW })).text(), "new");
  });

  test("is what was kept where there is no network", async () => {
    const file = worker({ put: full, fetch: async () => { throw new TypeError("no network"); } });
    assert.equal(await (await file({ url: NEW })).text(), "old");
  });
});

describe("a worker that has just come", () => {
  const isOnlyShell = (...kept) => runInNewContext(`${SOURCE}; isOnlyShell`, { SHELL: { version: "1" }, caches: { keys: async () => kept } });

  test("may begin at once where nothing of another version is kept", async () => {
    assert.equal(await isOnlyShell("shell-1", "pages-7")(), true);
  });

  test("waits for the pages of another version to go", async () => {
    assert.equal(await isOnlyShell("shell-0", "shell-1")(), false);
  });
});

describe("a worker that begins", () => {
  const WHOLE = ["pages", "files", "pushes", "worker"].map((part) => readFileSync(new URL(`../../static/worker/${part}.js`, import.meta.url), "utf8")).join("\n");
  const ROOM = "https://chat.example/messaging/room/1/";
  let clock, claims, kept;

  // The whole worker, which has kept the page of a room, begins; resolves once it is at work. `fetch`: as the day goes.
  function begins(fetch) {
    clock = new FakeClock();
    [claims, kept] = [0, new Map([[ROOM, "old"]])];
    const pages = {
      keys: async () => [...kept.keys()].map((url) => ({ url })),
      delete: async (address) => kept.delete(address),
      put: async (address, response) => kept.set(address, await response.text()),
    };
    const caches = { keys: async () => ["pages-1"], open: async () => pages, delete: async () => kept.clear() };
    const clients = { matchAll: async () => [], claim: async () => (claims += 1) };
    const listeners = new Map();
    const self = { addEventListener: (name, listener) => listeners.set(name, listener), skipWaiting() {} };
    runInNewContext(WHOLE, { self, SHELL: { version: "1" }, caches, clients, fetch, URL, Response, navigator: { userAgent: "" }, setTimeout: clock.setTimeout });
    listeners.get("activate")({ waitUntil() {} });
  }

  test("fetches again what is kept", async () => {
    begins(async () => new Response("new", { headers: { "Prizmai-Person": "1" } }));
    await settled();
    assert.deepEqual([claims, [...kept]], [1, [[ROOM, "new"]]]);
  });

  test("lets nobody wait long for a network that does not answer", async () => {
    let answer;
    begins(() => new Promise((resolve) => (answer = resolve)));
    await settled();
    assert.equal(claims, 0);
    clock.pass(3_000);
    await settled();
    assert.equal(claims, 1);
    answer(new Response("new", { headers: { "Prizmai-Person": "1" } }));
    await settled();
    assert.deepEqual([...kept], [[ROOM, "new"]]);
  });
});

describe("pages of two people, one of whom signs in as the other's page comes", () => {
  const PAGES = readFileSync(new URL("../../static/worker/pages.js", import.meta.url), "utf8");

  test("do not lie beside each other", async () => {
    const kept = new Map();
    const cacheOf = (pages) => ({ keys: async () => [], delete: async (url) => pages.delete(url), put: async (url) => pages.set(url, true) });
    const open = async (name) => cacheOf(kept.get(name) ?? kept.set(name, new Map()).get(name));
    const caches = { open, keys: async () => [...kept.keys()], delete: async (name) => kept.delete(name) };
    const keep = runInNewContext(`${PAGES}; keep`, { caches, URL });
    const page = (person) => new Response("", { headers: { "Prizmai-Person": person } });
    await Promise.all(["1", "2"].map((person) => keep("https://chat.example/messaging/room/1/", page(person))));
    assert.deepEqual([...kept.keys()], ["pages-2"]);
  });
});
