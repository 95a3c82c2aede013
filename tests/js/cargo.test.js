// Files wait in the outbox with their message: they are brought first, each once, and the words follow.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { FakeClock, FakeLocks, FakeWindow, fakeChannels, heard, settled } from "./cast.js";

const { Carrier } = await import("live/carrier.js");
const { Outbox } = await import("live/outbox.js");
const { STALLED_AFTER_MS, Uploads, UploadError } = await import("live/uploads.js");

const ROOM = 12;
let indexedDB, locks, channel, clock, page;

beforeEach(() => {
  indexedDB = new IDBFactory();
  locks = new FakeLocks();
  channel = fakeChannels();
  clock = new FakeClock();
  page = new FakeWindow();
});

async function tab(options = {}) {
  const lock = locks.forTab();
  const outbox = new Outbox({ userId: 1, indexedDB, lock, channel, clock, ...options });
  await outbox.ready;
  return Object.assign(outbox, { dies: () => lock.dies() });
}

function says(outbox, text, { files = [], conversation = ROOM, ...more } = {}) {
  const entry = { client_id: text, conversation_id: conversation, frame: { message: text }, text, post: { url: "/", body: { message: text } }, ...more };
  const cargo = files.map((name) => ({ key: `k-${name}`, name, size: 3, url: "/files/", uploaded: null }));
  return outbox.put({ ...entry, files: cargo }, Object.fromEntries(files.map((name) => [`k-${name}`, new Blob([name])])));
}

// A server that stores what it is brought, unless `answer` says otherwise.
function fakeUploads() {
  const uploads = { brought: [], cancelled: [], answer: () => null, cancel: (key) => uploads.cancelled.push(key) };
  uploads.bring = async ({ key, name, blob }) => {
    const error = uploads.answer(name);
    if (error) throw error;
    uploads.brought.push([key, await blob.text()]);
    return { id: uploads.brought.length, name, url: `/file/${name}` };
  };
  return uploads;
}

const texts = (entries) => entries.map((entry) => entry.text);

function carries(outbox, uploads = fakeUploads()) {
  new Carrier({ outbox, uploads, clock, random: () => 1, events: page }).start();
  return uploads;
}

describe("words with files", () => {
  test("wait for them, and are due with their ids", async () => {
    const outbox = await tab();
    await says(outbox, "look", { files: ["a.txt", "b.txt"] });
    assert.deepEqual([texts(outbox.due(ROOM)), texts(outbox.laden())], [[], ["look"]]);
    const uploads = carries(outbox);
    await settled();
    assert.deepEqual(uploads.brought, [["k-a.txt", "a.txt"], ["k-b.txt", "b.txt"]]);
    const [entry] = outbox.due(ROOM);
    assert.deepEqual([entry.frame.attachments, entry.post.body.attachments, entry.files[0].uploaded.url], [[1, 2], [1, 2], "/file/a.txt"]);
  });

  test("are not overtaken in their conversation, but for wishes", async () => {
    const outbox = await tab();
    says(outbox, "look", { files: ["a.txt"] });
    says(outbox, "and then");
    says(outbox, "a heart", { wish: "react" });
    says(outbox, "elsewhere", { conversation: 7 });
    assert.deepEqual(texts(outbox.due()), ["a heart", "elsewhere"]);
    carries(outbox);
    await settled();
    assert.deepEqual(texts(outbox.due(ROOM)), ["look", "and then", "a heart"]);
  });

  test("survive a crash before anything was brought", async () => {
    const before = await tab();
    await says(before, "look", { files: ["a.txt"] });
    before.dies();
    const after = await tab();
    await settled();
    const uploads = carries(after);
    await settled();
    assert.deepEqual([uploads.brought, texts(after.due(ROOM))], [[["k-a.txt", "a.txt"]], ["look"]]);
  });

  test("are brought without a disk, too", async () => {
    const outbox = await tab({ indexedDB: null });
    says(outbox, "look", { files: ["a.txt"] });
    const uploads = carries(outbox);
    await settled();
    assert.deepEqual([uploads.brought, texts(outbox.due(ROOM))], [[["k-a.txt", "a.txt"]], ["look"]]);
  });

  test("are kept anew on a disk that was thrown away", async () => {
    const outbox = await tab();
    await says(outbox, "look", { files: ["a.txt"] });
    indexedDB.deleteDatabase("prizmai-outbox-1");
    await settled();
    clock.pass(5_000);
    await settled();
    const kept = await (await tab()).blob("k-a.txt");
    assert.equal(await kept?.text(), "a.txt");
  });

  test("survive one in between: what was brought is not brought again", async () => {
    const before = await tab();
    await says(before, "look", { files: ["a.txt", "b.txt"] });
    await before.uploaded("look", "k-a.txt", { id: 41 });
    before.dies();
    const after = await tab();
    await settled();
    const uploads = carries(after);
    await settled();
    assert.deepEqual([uploads.brought, after.due(ROOM)[0].frame.attachments], [[["k-b.txt", "b.txt"]], [41, 1]]);
  });

  test("that waited for longer than the server keeps an upload, it is brought anew", async () => {
    const outbox = await tab();
    await says(outbox, "look", { files: ["a.txt"] });
    await outbox.uploaded("look", "k-a.txt", { id: 41 });
    assert.equal(outbox.due(ROOM).length, 1);
    clock.pass(21 * 3_600_000);
    assert.deepEqual(texts(outbox.laden()), ["look"]);
  });

  test("thrown away, they leave nothing on the disk, and no upload goes on", async () => {
    const outbox = await tab();
    const uploads = carries(outbox, Object.assign(fakeUploads(), { answer: () => new UploadError("no connection") }));
    await says(outbox, "look", { files: ["a.txt"] });
    await outbox.remove("look");
    assert.deepEqual(uploads.cancelled, ["k-a.txt"]);
    assert.equal(await (await tab()).blob("k-a.txt"), undefined);
  });

  for (const stays of [true, false]) {
    test(`thrown away while another tab notes an upload, they do not come back${stays ? "" : ", though the page is left"}`, async () => {
      const [writes, discards] = [await tab(), await tab()];
      await says(writes, "look", { files: ["a.txt"] });
      discards.remove("look");
      const noted = writes.uploaded("look", "k-a.txt", { id: 41 });
      if (!stays) discards.close();
      await noted;
      await settled();
      const after = await tab();
      assert.deepEqual([writes, discards, after].map((each) => each.waiting().length), [0, 0, 0]);
      assert.equal(await after.blob("k-a.txt"), undefined);
    });
  }
});

describe("a carrier", () => {
  test("comes again after a while without a connection, and at once when it is back", async () => {
    const outbox = await tab();
    const uploads = carries(outbox, Object.assign(fakeUploads(), { answer: () => new UploadError("no connection") }));
    await says(outbox, "look", { files: ["a.txt"] });
    await settled();
    assert.deepEqual([uploads.brought.length, clock.waiting.length], [0, 1]);
    uploads.answer = () => null;
    page.comesOnline();
    await settled();
    assert.deepEqual(texts(outbox.due(ROOM)), ["look"]);
  });

  test("gives up after five times what the server falls over, and goes on", async () => {
    const outbox = await tab();
    const answer = (name) => (name === "a.txt" ? new UploadError("no", { isFault: true }) : null);
    const uploads = carries(outbox, Object.assign(fakeUploads(), { answer }));
    await says(outbox, "look", { files: ["a.txt"] });
    await says(outbox, "and then", { files: ["b.txt"] });
    await settled();
    for (let time = 0; time < 4; time += 1) {
      assert.deepEqual([uploads.brought, outbox.entry("look").state], [[], "waiting"]);
      clock.pass(15_000);
      await settled();
    }
    clock.pass(5_000);
    await settled();
    assert.deepEqual([outbox.entry("look").state, texts(outbox.due(ROOM))], ["failed", ["and then"]]);
  });

  test("fails the message whose file is refused, with the reason, and goes on", async () => {
    const outbox = await tab();
    const answer = (name) => (name === "a.txt" ? new UploadError("too large", { isFinal: true }) : null);
    carries(outbox, Object.assign(fakeUploads(), { answer }));
    says(outbox, "look", { files: ["a.txt"] });
    says(outbox, "more", { files: ["b.txt"] });
    await settled();
    assert.equal(outbox.entry("look").reason, "a.txt: too large");
    assert.deepEqual(texts(outbox.due(ROOM)), ["more"]);
  });

  test("says so when a file is not on the device any more", async () => {
    const outbox = await tab();
    carries(outbox);
    await outbox.put({ client_id: "look", conversation_id: ROOM, frame: {}, text: "look", files: [{ key: "gone", name: "x", uploaded: null }] });
    await settled();
    assert.deepEqual([outbox.entry("look").state, outbox.entry("look").retryable], ["failed", false]);
  });
});

describe("uploads", () => {
  class Request {
    static all = [];
    upload = {};
    headers = {};
    constructor() { Request.all.push(this); }
    open(...how) { this.how = how; }
    setRequestHeader(name, value) { this.headers[name] = value; }
    send(form) { this.form = form; }
    abort() { this.onabort(); }
    answers(status, response) { Object.assign(this, { status, response }).onload(); }
  }
  const bring = (uploads) => uploads.bring({ key: "k", name: "a.txt", url: "/files/", blob: new Blob(["abc"]) });
  let uploads;

  beforeEach(() => {
    Request.all = [];
    uploads = new Uploads({ csrfToken: () => "t0k3n", Request, clock });
  });

  test("of one key are one, with its name, its key and the token", async () => {
    const progress = heard(uploads, "progress");
    const both = [bring(uploads), bring(uploads)];
    const [request] = Request.all;
    request.upload.onprogress({ loaded: 1, total: 4 });
    assert.deepEqual([Request.all.length, request.form.get("key"), request.form.get("file").name, request.headers["X-CSRFToken"]], [1, "k", "a.txt", "t0k3n"]);
    request.answers(201, { id: 9 });
    assert.deepEqual(await Promise.all(both), [{ id: 9 }, { id: 9 }]);
    assert.deepEqual(progress, [["progress", { key: "k", share: 0.25 }]]);
  });

  for (const [what, status, response, isFinal, reason] of [
    ["a refusal", 400, { detail: "This file is empty." }, true, "This file is empty."],
    ["a room that is closed", 403, { detail: "You may not." }, true, "You may not."],
    ["a stale token", 403, null, false, "not accepted"],
    ["being signed out", 401, { detail: "Sign in." }, false, "Sign in."],
    ["a server in trouble", 503, { detail: "Busy.", temporary: true, retry_after: 3 }, false, "Busy."],
    ["a proxy's limit", 413, null, true, "too large"],
  ]) {
    test(`${what} is told apart`, async () => {
      const brought = bring(uploads);
      Request.all[0].answers(status, response);
      await assert.rejects(brought, (error) => error.isFinal === isFinal && error.message === reason);
    });
  }

  test("that do not get on are given up, to be begun anew", async () => {
    const brought = bring(uploads);
    for (const loaded of [1, 2]) {
      clock.pass(STALLED_AFTER_MS - 1);
      Request.all[0].upload.onprogress({ loaded, total: 4 });
    }
    clock.pass(STALLED_AFTER_MS);
    await assert.rejects(brought, (error) => !error.isFinal && error.message === "no connection");
    const again = bring(uploads);
    Request.all[1].answers(201, { id: 9 });
    assert.deepEqual([await again, clock.waiting], [{ id: 9 }, []]);
  });

  test("can be taken back", async () => {
    const brought = bring(uploads);
    uploads.cancel("k");
    await assert.rejects(brought, /cancelled/);
  });
});
