import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { IDBDatabase, IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { FakeClock, FakeLocks, fakeChannels, heard, settled } from "./cast.js";

const { flushElsewhere } = await import("live/elsewhere.js");
const { LEFT_AFTER_MS, Outbox } = await import("live/outbox.js");

const ROOM = 12;
let indexedDB, locks, channel, clock;

beforeEach(() => {
  indexedDB = new IDBFactory();
  locks = new FakeLocks();
  channel = fakeChannels();
  clock = new FakeClock();
});

// A tab of Ada's; `dies` is its crash: nothing is said or closed, but the browser gives its locks to others.
async function tab(options = {}) {
  const lock = locks.forTab();
  const outbox = new Outbox({ userId: 1, indexedDB, lock, channel, clock, ...options });
  await outbox.ready;
  return Object.assign(outbox, { dies: () => lock.dies() });
}

function said(outbox, text, conversation = ROOM) {
  const client_id = `${conversation}-${text}`;
  const post = { url: `/messaging/conversation/${conversation}/messages/`, body: { message: text, client_id } };
  return outbox.put({ client_id, conversation_id: conversation, frame: { type: "chat_message", message: text }, text, post });
}

const texts = (entries) => entries.map((entry) => entry.text);

describe("keeping", () => {
  test("what was put waits, in order, by conversation", async () => {
    const outbox = await tab();
    await Promise.all([said(outbox, "one"), said(outbox, "else", 7), said(outbox, "two"), said(outbox, "three")]);
    assert.deepEqual(texts(outbox.waiting(ROOM)), ["one", "two", "three"]);
    assert.deepEqual(texts(outbox.due(7)), ["else"]);
    assert.equal(outbox.waiting().length, 4);
  });

  test("it survives a crash, in order, and is the next page's to send", async () => {
    const before = await tab();
    await Promise.all([said(before, "one"), said(before, "two")]);
    before.dies();
    const after = await tab();
    await settled();
    assert.deepEqual(texts(after.due(ROOM)), ["one", "two"]);
    said(after, "three");
    assert.deepEqual(texts(after.due(ROOM)), ["one", "two", "three"]);
  });

  test("also when the clock was set back meanwhile", async () => {
    const before = await tab();
    await said(before, "one");
    before.dies();
    clock.time -= 3_600_000;
    const after = await tab();
    said(after, "two");
    assert.deepEqual(texts(after.waiting(ROOM)), ["one", "two"]);
  });

  test("what the server has is gone, from the disk too", async () => {
    const outbox = await tab();
    const removed = heard(outbox, "removed");
    await said(outbox, "one");
    await outbox.remove("12-one", { seq: 4 });
    assert.deepEqual(removed.map(([, { entry, ack }]) => [entry.text, ack.seq]), [["one", 4]]);
    outbox.dies();
    assert.equal((await tab()).waiting().length, 0);
  });

  test("acknowledged before it was on disk, it does not come back", async () => {
    const outbox = await tab();
    const kept = said(outbox, "one");
    await Promise.all([kept, outbox.remove("12-one", {})]);
    assert.equal((await tab()).waiting().length, 0);
  });

  test("said before the disk was ready, it is kept all the same", async () => {
    const early = new Outbox({ userId: 1, indexedDB, lock: locks.forTab(), channel, clock });
    said(early, "one");
    said(early, "two");
    early.remove("12-two", {});
    await early.ready;
    assert.deepEqual(texts((await tab()).waiting()), ["one"]);
  });

  test("removed by another tab while this one was opening, it is gone", async () => {
    const other = await tab();
    await said(other, "one");
    const opening = new Outbox({ userId: 1, indexedDB, lock: locks.forTab(), channel, clock });
    new channel("prizmai-outbox-1").postMessage({ kind: "removed", clientId: "12-one", ack: {} });
    await opening.ready;
    assert.equal(opening.waiting().length, 0);
  });

  test("one person's words are not another's", async () => {
    await said(await tab(), "one");
    assert.equal((await tab({ userId: 2 })).waiting().length, 0);
  });

  test("forget leaves nothing, in any tab", async () => {
    const [one, other] = [await tab(), await tab()];
    await said(one, "one");
    await other.forget();
    await settled();
    assert.equal(one.waiting().length, 0);
    assert.equal((await tab()).waiting().length, 0);
  });

  test("what an earlier page has left is told of once it is here", async () => {
    await said(await tab(), "one");
    const outbox = new Outbox({ userId: 1, indexedDB, lock: locks.forTab(), channel, clock });
    const changes = heard(outbox, "change");
    await outbox.ready;
    assert.deepEqual([texts(outbox.waiting(ROOM)), changes.length], [["one"], 1]);
  });
});

describe("failing", () => {
  test("what failed stays with its reason, over a reload, and is not sent", async () => {
    const outbox = await tab();
    await said(outbox, "one");
    await outbox.fail("12-one", "Too long.", false);
    outbox.dies();
    const [entry] = (await tab()).waiting(ROOM);
    assert.deepEqual([entry.state, entry.reason, entry.retryable], ["failed", "Too long.", false]);
    assert.equal(outbox.due(ROOM).length, 0);
  });

  test("a retry goes behind what waits", async () => {
    const outbox = await tab();
    await Promise.all([said(outbox, "one"), outbox.fail("12-one", "No."), said(outbox, "two")]);
    assert.equal(outbox.entry("12-one").retryable, true);
    await outbox.retry("12-one");
    assert.deepEqual(texts(outbox.due(ROOM)), ["two", "one"]);
    assert.equal(outbox.entry("12-one").reason, null);
  });
});

describe("tabs", () => {
  test("show each other's entries, and each sends its own", async () => {
    const [one, other] = [await tab(), await tab()];
    await said(one, "one");
    await settled();
    assert.deepEqual([texts(other.waiting(ROOM)), texts(other.due(ROOM))], [["one"], []]);
    await one.remove("12-one", { seq: 4 });
    await settled();
    assert.equal(other.waiting().length, 0);
  });

  test("when one dies, exactly one other sends its entries", async () => {
    const [one, other, third] = [await tab(), await tab(), await tab()];
    await said(one, "one");
    await settled();
    one.dies();
    await settled();
    assert.deepEqual([other.due().length, third.due().length].sort(), [0, 1]);
  });

  test("words that a tab does not send, which is not gone, are another's after a while", async () => {
    const [frozen, other] = [await tab(), await tab()];
    await Promise.all([said(frozen, "one"), frozen.put({ client_id: "w", conversation_id: ROOM, text: "", wish: "react", frame: {} })]);
    await settled();
    const changes = heard(other, "change");
    clock.pass(LEFT_AFTER_MS - 1);
    assert.deepEqual(texts(other.due()), []);
    clock.pass(1);
    assert.deepEqual([texts(other.due()), changes.length > 0], [["one"], true]);
    clock.pass(1_000); // the wish was put after the words
    assert.deepEqual(texts((await tab()).due()), ["one"]);
  });

  test("what a frozen tab does not send, another does also after the clock was put back", async () => {
    const [frozen, other] = [await tab(), await tab()];
    await said(frozen, "one");
    await settled();
    clock.time -= 3_600_000;
    clock.pass(LEFT_AFTER_MS);
    assert.deepEqual(texts(other.due()), ["one"]);
  });

  test("an heir's heir inherits too", async () => {
    const [one, other, third] = [await tab(), await tab(), await tab()];
    await said(one, "one");
    await settled();
    one.dies();
    await settled();
    const heir = other.due().length ? other : third;
    heir.dies();
    await settled();
    assert.deepEqual(texts((heir === other ? third : other).due()), ["one"]);
  });

  test("without Web Locks everybody sends, which is safe", async () => {
    const [one, other] = [await tab({ lock: undefined }), await tab({ lock: undefined })];
    await said(one, "one");
    await settled();
    assert.deepEqual([texts(one.due()), texts(other.due())], [["one"], ["one"]]);
  });

  test("where locks are refused it is the same", async () => {
    const lock = { request: () => Promise.reject(new DOMException("no", "SecurityError")) };
    await said(await tab(), "one");
    const outbox = await tab({ lock });
    await settled();
    assert.deepEqual(texts(outbox.due()), ["one"]);
  });
});

describe("without a disk", () => {
  const refusing = { open: () => { throw new DOMException("no", "SecurityError"); } };
  const failing = { open: () => { const request = {}; queueMicrotask(() => request.onerror()); return request; } };

  for (const [name, indexedDB] of Object.entries({ absent: null, refusing, failing })) {
    test(`(${name}) it works from memory and says so`, async () => {
      const outbox = await tab({ indexedDB });
      assert.equal(outbox.isDurable, false);
      await said(outbox, "one");
      assert.deepEqual(texts(outbox.due(ROOM)), ["one"]);
      await outbox.remove("12-one", {});
      await outbox.forget();
      assert.equal(outbox.waiting().length, 0);
    });
  }

  test("with one it says that too", async () => {
    assert.equal((await tab()).isDurable, true);
  });

  test("a disk that never answers is waited for 3 s", async () => {
    const outbox = new Outbox({ userId: 1, indexedDB: { open: () => ({}) }, lock: locks.forTab(), channel, clock });
    said(outbox, "one");
    clock.pass(3_000);
    await outbox.ready;
    assert.deepEqual([outbox.isDurable, texts(outbox.due())], [false, ["one"]]);
  });

  test("one that answers late is used as soon as it does, with what was left there and what was said meanwhile", async () => {
    const before = await tab();
    await said(before, "one");
    before.dies();
    let arrive;
    const slow = { open: (...which) => {
      const request = {};
      arrive = () => Object.assign(indexedDB.open(...which), { onsuccess: ({ target }) => request.onsuccess(Object.assign(request, { result: target.result })) });
      return request;
    } };
    const outbox = new Outbox({ userId: 1, indexedDB: slow, lock: locks.forTab(), channel, clock });
    said(outbox, "two");
    clock.pass(3_000);
    await outbox.ready;
    await said(outbox, "three");
    assert.deepEqual([outbox.isDurable, texts(outbox.waiting())], [false, ["two", "three"]]);
    arrive();
    await settled();
    clock.pass(5_000);
    await settled();
    assert.deepEqual([outbox.isDurable, texts(outbox.waiting()).sort()], [true, ["one", "three", "two"]]);
    assert.deepEqual(texts((await tab()).waiting()).length, 3);
  });

  test("a disk that goes away is noticed, and nothing is lost from the page", async () => {
    const outbox = await tab();
    const changes = heard(outbox, "change");
    indexedDB.deleteDatabase("prizmai-outbox-1");
    await settled();
    assert.equal(outbox.isDurable, false);
    assert.equal(changes.length, 1);
    await said(outbox, "one");
    assert.deepEqual(texts(outbox.due()), ["one"]);
  });

  test("one that went away is opened anew, with all that waits and nothing that was removed meanwhile", async () => {
    const outbox = await tab();
    await Promise.all([said(outbox, "one"), said(outbox, "two")]);
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = () => { throw new DOMException("lost", "UnknownError"); };
    await outbox.remove("12-one", {});
    IDBDatabase.prototype.transaction = transaction;
    await said(outbox, "three");
    assert.equal(outbox.isDurable, false);
    clock.pass(5_000);
    await settled();
    assert.deepEqual([outbox.isDurable, texts(outbox.due())], [true, ["two", "three"]]);
    outbox.dies();
    assert.deepEqual(texts((await tab()).waiting()), ["two", "three"]);
  });

  test("one that was thrown away is filled anew with what waits", async () => {
    const outbox = await tab();
    await said(outbox, "one");
    indexedDB.deleteDatabase("prizmai-outbox-1");
    await settled();
    clock.pass(5_000);
    await settled();
    assert.equal(outbox.isDurable, true);
    outbox.dies();
    assert.deepEqual(texts((await tab()).waiting()), ["one"]);
  });

  test("on a disk that is full things are taken off, and kept once there is room", async () => {
    const { put } = IDBObjectStore.prototype;
    const outbox = await tab();
    await said(outbox, "one");
    IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
    await said(outbox, "two");
    await said(outbox, "three");
    assert.deepEqual([outbox.isDurable, texts(outbox.due())], [false, ["one", "two", "three"]]);
    await outbox.remove("12-two", {});
    IDBObjectStore.prototype.put = put;
    assert.equal(outbox.isDurable, false);
    await outbox.remove("12-one", {});
    assert.equal(outbox.isDurable, true);
    outbox.dies();
    assert.deepEqual(texts((await tab()).waiting()), ["three"]);
  });

  test("whoever signs out leaves nothing on a disk that went away", async () => {
    const outbox = await tab();
    await said(outbox, "one");
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = () => { throw new DOMException("lost", "UnknownError"); };
    await said(outbox, "two");
    IDBDatabase.prototype.transaction = transaction;
    await outbox.forget();
    outbox.dies();
    assert.equal((await tab()).waiting().length, 0);
  });
});

describe("elsewhere", () => {
  const ok = (body = { message_id: 5, seq: 2 }) => new Response(JSON.stringify(body), { status: 201 });
  const no = (status, body, headers) => new Response(body && JSON.stringify(body), { status, headers });
  let asked;

  // A server that gives these answers, one after another.
  function answers(...answers) {
    asked = [];
    return async (url, options) => {
      asked.push({ url, ...options, body: JSON.parse(options.body) });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer instanceof Error) throw answer;
      return answer.clone();
    };
  }

  const flush = (outbox, fetch, here = () => ROOM) => flushElsewhere(outbox, { here, fetch, csrfToken: "t0k3n" });
  const asks = () => asked.map(({ body }) => body.message);

  test("what waits for other conversations goes by POST, in order, with the token", async () => {
    const outbox = await tab();
    for (const [text, conversation] of [["here", ROOM], ["a", 7], ["b", 8], ["c", 7]]) said(outbox, text, conversation);
    assert.equal(await flush(outbox, answers(ok())), null);
    assert.deepEqual(asks(), ["a", "b", "c"]);
    const [{ signal, ...first }] = asked;
    assert.ok(signal instanceof AbortSignal, "one that hangs ends");
    assert.deepEqual(first, {
      url: "/messaging/conversation/7/messages/", method: "POST", redirect: "manual", body: { message: "a", client_id: "7-a" },
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": "t0k3n" },
    });
    assert.deepEqual(texts(outbox.waiting()), ["here"]);
  });

  test("nothing overtakes in a conversation that has to wait", async () => {
    const outbox = await tab();
    for (const [text, conversation] of [["a", 7], ["b", 7], ["c", 8]]) said(outbox, text, conversation);
    const busy = no(429, { code: "rate_limited", temporary: true, retry_after: 3 });
    assert.equal(await flush(outbox, answers(busy, ok())), 3);
    assert.deepEqual([asks(), texts(outbox.waiting())], [["a", "c"], ["a", "b"]]);
  });

  test("what is refused fails with its reason, and the next goes on", async () => {
    const outbox = await tab();
    for (const text of ["a", "b"]) said(outbox, text, 7);
    await flush(outbox, answers(no(400, { detail: "Too long.", temporary: false }), ok()));
    assert.deepEqual(outbox.waiting().map(({ text, reason }) => [text, reason]), [["a", "Too long."]]);
  });

  for (const [what, answer] of [
    ["no network", new TypeError("failed")],
    ["a redirect to sign-in", { ok: false, status: 0, headers: new Headers(), json: () => Promise.reject(), clone() { return this; } }],
    ["401", no(401, { detail: "Sign in." })],
    ["a stale token", no(403)],
  ]) {
    test(`${what} stops it and keeps everything`, async () => {
      const outbox = await tab();
      for (const conversation of [7, 8]) said(outbox, "a", conversation);
      assert.equal(await flush(outbox, answers(answer)), 30);
      assert.deepEqual([asked.length, outbox.due().length], [1, 2]);
    });
  }

  test("a page that is no acknowledgement acknowledges nothing", async () => {
    const outbox = await tab();
    said(outbox, "a", 7);
    assert.equal(await flush(outbox, answers(new Response("<title>Sign in</title>", { status: 200 }))), 30);
    assert.equal(outbox.due().length, 1);
  });

  test("503 keeps the message for later", async () => {
    const outbox = await tab();
    said(outbox, "a", 7);
    assert.equal(await flush(outbox, answers(no(503, null, { "Retry-After": "9" }))), 9);
    assert.equal(outbox.due().length, 1);
  });

  test("what the server falls over again and again is set apart, also over reloads, and what waits behind it goes on", async () => {
    const faulty = async (url, { body }) => (body.includes("7-a") ? no(500) : ok());
    const before = await tab();
    for (const text of ["a", "b"]) said(before, text, 7);
    for (let time = 0; time < 9; time += 1) assert.equal(await flush(before, faulty), 30);
    assert.deepEqual(texts(before.due()), ["a", "b"], "a server in trouble is given a minute");
    clock.pass(60_000);
    before.dies();
    const after = await tab();
    await settled();
    assert.equal(await flush(after, faulty), null);
    const [{ text, state, reason }, ...others] = after.waiting();
    assert.deepEqual([text, state, reason, others], ["a", "failed", "The server could not take this.", []]);
    await after.retry("7-a");
    assert.equal(await flush(after, faulty), 30, "whoever wants it tried again has as many tries");
  });

  test("what waits for a conversation that is left meanwhile goes too", async () => {
    const outbox = await tab();
    for (const [text, conversation] of [["here", ROOM], ["a", 7]]) said(outbox, text, conversation);
    let here = ROOM;
    const fetch = answers(ok());
    await flush(outbox, (...request) => (here = 7, fetch(...request)), () => here);
    assert.deepEqual(asks(), ["a", "here"]);
  });

  test("one tab at a time, and the other waits for it", async () => {
    const [one, other] = [await tab(), await tab()];
    said(one, "a", 7);
    said(other, "b", 8);
    await settled();
    let release;
    const slow = (url, options) => new Promise((resolve) => (release = () => resolve(ok(JSON.parse(options.body)))));
    flush(one, slow);
    await settled();
    const second = flush(other, answers(ok()));
    await settled();
    assert.equal(asked.length, 0);
    release();
    await second;
    assert.deepEqual(asks(), ["b"]);
  });
});
