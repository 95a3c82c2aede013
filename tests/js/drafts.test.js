import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { FakeClock, heard } from "./cast.js";

const { Drafts, PAUSE_MS, LONGEST_MS } = await import("messaging/drafts.js");
const { DraftShelf, forgetDrafts } = await import("messaging/draft-shelf.js");

const ROOM = 12;
const answered = { message_id: 6, seq: 6, display_name: "Bob", excerpt: "Is it on?" };
let clock, storage, line, posted, drafts;

class FakeStorage {
  getItem(key) { return this[key] ?? null; }
  setItem(key, value) { this[key] = value; }
  removeItem(key) { delete this[key]; }
}
for (const name of ["getItem", "setItem", "removeItem"]) Object.defineProperty(FakeStorage.prototype, name, { enumerable: false });

beforeEach(() => {
  clock = new FakeClock();
  storage = new FakeStorage();
  line = newLine();
  posted = [];
  drafts = opens();
});

function newLine() {
  const line = Object.assign(new EventTarget(), { isOpen: true, sent: [], send: (frame) => line.isOpen && line.sent.push(frame) > 0 });
  return line;
}

function opens(events = new EventTarget()) {
  const shelf = new DraftShelf({ userId: 1, storage, events });
  return new Drafts({ userId: 1, connection: line, post: (...what) => posted.push(what), clock, shelf });
}

const says = (detail) => line.dispatchEvent(new CustomEvent("frame", { detail }));
const tells = (text, revision, reply_to = null) => says({ type: "draft_changed", conversation_id: ROOM, text, reply_to, revision });
const greets = (...told) => says({ type: "inbox", conversations: [{ conversation_id: ROOM }], drafts: told.map((one) => ({ conversation_id: ROOM, reply_to: null, ...one })) });
const writes = (text, reply_to = null) => drafts.keep(ROOM, { text, reply_to });
const sent = () => line.sent.map(({ text }) => text);
const shown = () => drafts.read(ROOM).text;

describe("what is typed", () => {
  test("is told to the server at the next pause, with what it answers", () => {
    writes("I th");
    clock.pass(PAUSE_MS - 1);
    writes("I think", answered);
    clock.pass(PAUSE_MS - 1);
    assert.deepEqual(line.sent, []);
    clock.pass(1);
    assert.deepEqual(line.sent, [{ type: "keep_draft", conversation_id: ROOM, text: "I think", reply_to: 6 }]);
  });

  test("is told now and then to one who never pauses", () => {
    for (let passed = 0; passed < LONGEST_MS; passed += 500) {
      writes(`x${passed}`);
      clock.pass(500);
    }
    assert.equal(line.sent.length, 1);
  });

  test("is told at once when the field is left, and once only", () => {
    writes("Half");
    drafts.hurry();
    tells("Half", 1);
    clock.pass(60_000);
    assert.deepEqual(sent(), ["Half"]);
  });

  test("is told again until the server has it", () => {
    writes("Half");
    clock.pass(PAUSE_MS + 10_000);
    assert.deepEqual(sent(), ["Half", "Half"]);
  });

  test("without a line it is told when there is one, also by the next page", () => {
    line.isOpen = false;
    writes("Offline");
    clock.pass(60_000);
    line = newLine();
    drafts = opens();
    greets();
    assert.deepEqual([sent(), shown()], [["Offline"], "Offline"]);
  });

  test("on a closing page goes by POST, unless the server has it", () => {
    writes("Half", answered);
    drafts.leave();
    tells("Half", 1, answered);
    drafts.leave();
    assert.deepEqual(posted, [[ROOM, { text: "Half", reply_to: 6 }]]);
  });

  test("that is longer than a message may be stays here", () => {
    writes("x".repeat(8_001));
    clock.pass(PAUSE_MS);
    assert.deepEqual([sent(), shown().length], [[], 8_001]);
  });

  test("an answer without a word is kept here, and no news for the server", () => {
    writes("", answered);
    clock.pass(60_000);
    assert.deepEqual([sent(), drafts.read(ROOM).reply_to], [[], answered]);
  });
});

describe("what is typed elsewhere", () => {
  test("is here too, and goes when it was posted there", () => {
    const told = heard(drafts, "told");
    tells("From the phone", 4, answered);
    assert.deepEqual([shown(), drafts.read(ROOM).reply_to, drafts.begun], ["From the phone", answered, [ROOM]]);
    tells("", 5);
    assert.deepEqual([shown(), drafts.begun, told.length], ["", [], 2]);
  });

  test("never overwrites what was typed here since", () => {
    tells("From the phone", 4);
    writes("From the phone and the desk");
    tells("From the phone!", 5);
    assert.equal(shown(), "From the phone and the desk");
    clock.pass(PAUSE_MS);
    assert.deepEqual(sent(), ["From the phone and the desk"]);
    tells("From the phone and the desk", 6);
    tells("Now the phone again", 7);
    assert.equal(shown(), "Now the phone again");
  });

  test("what comes late is old", () => {
    tells("Newer", 5);
    tells("Older", 4);
    assert.equal(shown(), "Newer");
  });

  test("all of it is told when the line opens, and what is not there any more is gone", () => {
    tells("Posted on the phone meanwhile", 4);
    greets();
    assert.equal(shown(), "");
    greets({ text: "Begun on the phone", revision: 9 });
    assert.equal(shown(), "Begun on the phone");
  });

  test("another tab of this browser shows what this one writes, without any server", () => {
    const events = new EventTarget();
    const other = opens(events);
    writes("One storage");
    const [key] = Object.keys(storage);
    events.dispatchEvent(Object.assign(new Event("storage"), { key, newValue: storage[key] }));
    assert.equal(other.read(ROOM).text, "One storage");
  });
});

test("without storage a draft lasts as long as the page", () => {
  drafts = new Drafts({ userId: 1, connection: line, post() {}, clock, shelf: new DraftShelf({ userId: 1, storage: undefined, events: {} }) });
  writes("Only here");
  assert.equal(shown(), "Only here");
});

test("signing out leaves nothing", () => {
  writes("Mine");
  storage.setItem("prizmai-theme", "dark");
  forgetDrafts(storage);
  writes("Mine, typed on");
  assert.deepEqual(Object.keys(storage), ["prizmai-theme"]);
});
