import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { FakeClock, FakeWindow, settled } from "./cast.js";

const { Outbox } = await import("live/outbox.js");
const { Postman } = await import("live/postman.js");

let clock, page, outbox, postman, posted, status;

beforeEach(async () => {
  clock = new FakeClock();
  page = new FakeWindow();
  posted = [];
  status = 201;
  outbox = new Outbox({ userId: 1, indexedDB: null, lock: undefined, channel: null, clock });
  const fetch = async (url, { body }) => (posted.push(JSON.parse(body).message), new Response("{}", { status, headers: { "Retry-After": "20" } }));
  postman = new Postman({ outbox, here: () => 12, csrfToken: () => "t", fetch, clock, events: page });
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
