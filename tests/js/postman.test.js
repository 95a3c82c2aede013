import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { FakeClock, FakeLocks, FakeWindow, settled } from "./cast.js";

const { Outbox } = await import("live/outbox.js");
const { Postman } = await import("live/postman.js");

let clock, page, outbox, postman, posted, status, here, held;

beforeEach(async () => {
  clock = new FakeClock();
  page = new FakeWindow();
  posted = [];
  status = 201;
  outbox = new Outbox({ userId: 1, indexedDB: null, lock: undefined, channel: null, clock });
  here = 12;
  held = null;
  const fetch = async (url, { body }) => (await held, posted.push(JSON.parse(body).message), new Response("{}", { status, headers: { "Retry-After": "20" } }));
  postman = new Postman({ outbox, here: () => here, csrfToken: () => "t", fetch, clock, events: page });
});

function says(text, conversation_id) {
  outbox.put({ client_id: text, conversation_id, frame: {}, text, post: { url: "/", body: { message: text } } });
}

describe("the postman", () => {
  test("takes what waits for elsewhere, when the page opens and later", async () => {
    says("here", 12);
    says("there", 7);
    postman.start();
    await settled();
    says("later", 8);
    await settled();
    assert.deepEqual([posted, outbox.waiting().length], [["there", "later"], 1]);
  });

  test("comes again when he could not deliver, and at once when the network is back", async () => {
    status = 503;
    says("there", 7);
    postman.start();
    await settled();
    says("more", 7);
    clock.pass(19_999);
    await settled();
    assert.equal(posted.length, 1);
    clock.pass(1);
    await settled();
    assert.equal(posted.length, 2);
    status = 201;
    page.comesOnline();
    await settled();
    assert.deepEqual([posted.slice(2), outbox.waiting().length], [["there", "more"], 0]);
  });

  test("comes at once when there is a line again", async () => {
    status = 503;
    says("there", 7);
    postman.start();
    await settled();
    status = 201;
    postman.hurry();
    await settled();
    assert.deepEqual([posted, outbox.waiting().length], [["there", "there"], 0]);
  });

  // The server takes its time; `answers` ends that.
  function hesitates() {
    let answers;
    held = new Promise((resolve) => (answers = resolve));
    return answers;
  }

  test("who is called while he walks looks again", async () => {
    says("here", 12);
    says("there", 7);
    const answers = hesitates();
    postman.start();
    await settled();
    here = null;
    postman.look();
    says("more", 8);
    answers();
    await settled();
    assert.deepEqual(posted, ["there", "here", "more"]);
  });

  test("what is said when he has just looked for the last time goes too", async () => {
    const alone = outbox.alone.bind(outbox);
    outbox.alone = (name, work) => alone(name, work).then(async (later) => (await settled(), later));
    says("there", 7);
    postman.start();
    while (posted.length === 0) await new Promise(setImmediate);
    await new Promise(setImmediate);
    says("more", 8);
    await settled();
    await settled();
    await settled();
    assert.deepEqual(posted, ["there", "more"]);
  });

  test("goes at once when the network came back while he walked in vain", async () => {
    status = 503;
    says("there", 7);
    const answers = hesitates();
    postman.start();
    await settled();
    page.comesOnline();
    answers();
    await settled();
    assert.deepEqual([posted, clock.waiting], [["there", "there"], [20_000]]);
  });

  test("waits for another tab, and then goes himself", async () => {
    const locks = new FakeLocks();
    const other = locks.forTab();
    outbox = new Outbox({ userId: 1, indexedDB: null, lock: locks.forTab(), channel: null, clock });
    const fetch = async (url, { body }) => (posted.push(JSON.parse(body).message), new Response("{}", { status: 201 }));
    postman = new Postman({ outbox, csrfToken: () => "t", fetch, clock, events: page });
    const isDone = hesitates();
    other.request("prizmai-outbox-1 elsewhere", () => held);
    says("there", 7);
    postman.start();
    await settled();
    assert.deepEqual(posted, []);
    isDone();
    await settled();
    assert.deepEqual(posted, ["there"]);
  });

  test("stops when told", async () => {
    postman.start();
    await settled();
    postman.stop();
    says("there", 7);
    page.comesOnline();
    clock.pass(100_000);
    await settled();
    assert.equal(posted.length, 0);
  });
});
