// What is kept for later waits in the outbox like all that was said, goes by POST, and says what is refused.

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { ada, FakeClock, heard } from "./cast.js";

const { flushElsewhere } = await import("live/elsewhere.js");
const { Outbox } = await import("live/outbox.js");
const { Inbox } = await import("messaging/inbox.js");
const { Kept, MINE } = await import("messaging/kept.js");
const { unsentBeside } = await import("messaging/unsent.js");
const { Pins } = await import("messaging/pins.js");
const { there, timesToChoose } = await import("elements/kept/when.js");

let outbox, inbox, kept, says;

beforeEach(() => {
  const clock = new FakeClock();
  const connection = Object.assign(new EventTarget(), { send: () => true });
  outbox = new Outbox({ userId: ada.id, indexedDB: null, lock: undefined, channel: null, clock });
  inbox = new Inbox({ me: ada, connection, clock });
  kept = new Kept({ outbox, inbox });
  says = (frame) => connection.dispatchEvent(new CustomEvent("frame", { detail: frame }));
  says({ type: "inbox", conversations: [], boards: [], notifications_unread: 0, saved: [{ message_id: 3, saved: true }], scheduled: [] });
});

const flush = (answer) => flushElsewhere(outbox, { here: () => 12, csrfToken: "t", fetch: async (url, { body }) => (posted.push([url, JSON.parse(body)]), answer.clone()) });
const posted = [];

describe("saved", () => {
  test("shows at once, and goes by POST from whatever page is open", async () => {
    kept.save(7);
    assert.deepEqual([...kept.saved], [3, 7]);
    posted.length = 0;
    await flush(Response.json({ type: "saved_changed", message_id: 7, saved: true }));
    const [[url, { message_id, saved, remind_at }]] = posted;
    assert.deepEqual([url, message_id, saved, remind_at], ["/messaging/saved/", 7, true, null]);
    assert.deepEqual([outbox.waiting(MINE).length, [...kept.saved]], [0, [3, 7]]);
  });

  test("done shows at once too", () => {
    kept.letGo(3);
    assert.deepEqual([...kept.saved], []);
  });

  test("a refusal takes the mark away and is told with its reason", async () => {
    const refusals = heard(kept, "refused");
    kept.save(7);
    await flush(Response.json({ detail: "There is no such message." }, { status: 404 }));
    assert.deepEqual([...kept.saved], [3]);
    assert.deepEqual(refusals.map(([, { wish, reason }]) => [wish, reason]), [["save", "There is no such message."]]);
  });
});

describe("scheduled", () => {
  test("waits with its words until the server has it, and counts by conversation", async () => {
    kept.schedule(12, { text: "Lunch?", at: new Date("2030-01-01T12:00:00Z") });
    posted.length = 0;
    await flush(Response.json({}));
    const [[url, { message, send_at }]] = posted;
    assert.deepEqual([url, message, send_at], ["/messaging/conversation/12/scheduled/", "Lunch?", "2030-01-01T12:00:00.000Z"]);
    says({ type: "scheduled_changed", scheduled_id: 1, conversation_id: 12, state: "waiting" });
    assert.deepEqual([kept.scheduled(12).length, kept.scheduled(13).length, kept.scheduled().length], [1, 0, 1]);
    says({ type: "scheduled_changed", scheduled_id: 1, conversation_id: 12, state: "sent" });
    assert.equal(kept.scheduled(12).length, 0);
  });
});

describe("what could not be sent elsewhere", () => {
  const told = (here = 5) => unsentBeside(here, { outbox, inbox }).map(({ title, words, url }) => [title, words, url]);
  const no = (status) => Response.json({ detail: "No." }, { status });
  const place = { name: "Hangar", url: "/messaging/room/7/" };

  function says7(text, fields = {}) {
    outbox.put({ client_id: text || "x", conversation_id: 7, place, text, post: { url: "/", body: { message: text } }, ...fields });
  }

  test("is told with its place, reason and words, but not where it is shown itself", async () => {
    says7("Lunch?");
    await flush(no(403));
    assert.deepEqual(told(), [["Not sent in Hangar: No.", "Lunch?", place.url]]);
    assert.deepEqual(told(7), []);
    outbox.retry("Lunch?");
    assert.deepEqual(told(), []);
  });

  test("is told by the name that the place has now", async () => {
    says7("Lunch?", { wish: "edit" });
    says({ type: "conversation_joined", conversation_id: 7, name: "Hangar II", url: "/messaging/room/7/" });
    await flush(no(400));
    assert.deepEqual(told(), [["Change not saved in Hangar II: No.", "Lunch?", "/messaging/room/7/"]]);
  });

  test("a refused text for later stays, and so does what goes with a message passed on", async () => {
    kept.schedule(7, { text: "Lunch?", at: new Date("2030-01-01T12:00:00Z"), place });
    kept.forward(3, { conversation_id: 9, comment: "See" });
    kept.forward(3, { conversation_id: 9, comment: "" });
    await flush(no(403));
    const lost = "Not forwarded to a conversation that is not yours any more: No.";
    assert.deepEqual(told(), [["Not scheduled in Hangar: No.", "Lunch?", place.url], [lost, "See", null]]);
  });

  test("files without words are told by their names", async () => {
    says7("", { files: [{ key: "k", name: "wing.png", uploaded: { id: 1 }, uploadedAt: Infinity }] });
    await flush(no(403));
    assert.deepEqual(told(), [["Not sent in Hangar: No.", "wing.png", place.url]]);
  });
});

test("pins are counted beyond what a page shows", () => {
  const pins = new Pins();
  pins.welcomed([1, 2]);
  pins.hear({ type: "message_changed", message_id: 9, pinned: { user_id: 1 } });
  pins.hear({ type: "message_deleted", message_id: 1 });
  pins.hear({ type: "message_changed", message_id: 5, pinned: null });
  assert.deepEqual([...pins.ids], [2, 9]);
  pins.hear({ type: "messages_cleared", message_id: 2 });
  assert.deepEqual([...pins.ids], [9]);
});

test("times to choose are all ahead, and Monday is the next one", () => {
  const monday = new Date(2026, 10, 23, 17, 45);
  const choices = timesToChoose(monday);
  assert.ok(choices.every(({ at }) => at > monday));
  assert.ok(!choices.some(({ words }) => words === "This evening"));
  const next = choices.find(({ words }) => words === "Next Monday").at;
  assert.deepEqual([next.getDay(), next.getDate(), next.getHours()], [1, 30, 9]);
});

describe("the clock of another", () => {
  const noon = new Date(2030, 0, 1, 12, 5);
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;

  test("is told with their name, but not where it is the same or not known", () => {
    assert.match(there(noon, { name: "Bob", zone: "Asia/Kathmandu" }), /^\d+:\d\d.* for Bob$/);
    assert.deepEqual([there(noon, { name: "Bob", zone: here }), there(noon, { name: "Bob", zone: "Moon/Sea" })], ["", ""]);
  });
});
