import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { ada, bob, heard, message, range } from "./cast.js";

const { Timeline } = await import("messaging/timeline.js");

let timeline, events;

function shows(page = {}) {
  timeline = new Timeline({ me: ada, page: { messages: range(11, 13).map((seq) => message(seq)), ...page } });
  events = heard(timeline, "put", "drop", "reset");
}

const kept = (client_id, fields = {}) => ({
  client_id, frame: { type: "chat_message" }, text: `Mine ${client_id}`, created: 0, state: "waiting", reason: null, retryable: true, ...fields,
});
const seqs = () => timeline.messages.map(({ seq, key }) => seq ?? key);
const puts = () => events.filter(([name]) => name === "put").map(([, { message: { key }, before }]) => [key, before]);

beforeEach(() => shows());

describe("the order", () => {
  test("is that of seq, however messages arrive", () => {
    for (const seq of [16, 14, 15]) timeline.upsert(message(seq));
    assert.deepEqual(seqs(), [11, 12, 13, 14, 15, 16]);
    assert.deepEqual(puts(), [["m116", null], ["m114", "m116"], ["m115", "m116"]]);
  });

  test("a message stands once, as it is now", () => {
    timeline.upsert(message(12, { revision: 20, message: "Other words" }));
    timeline.upsert(message(12, { revision: 19, message: "Late words" }));
    assert.deepEqual([seqs(), timeline.withId(112).message], [[11, 12, 13], "Other words"]);
    assert.deepEqual(puts(), [["m112", "m113"]]);
  });

  test("a comment is a message", () => {
    timeline.upsert({ ...message(14), type: "new_comment", comment_id: 114, comment: "On the task", message: undefined });
    assert.equal(timeline.withId(114).message, "On the task");
    assert.equal("comment" in timeline.withId(114), false);
  });
});

describe("a pending message", () => {
  test("stands behind all others, in the order of the outbox", () => {
    timeline.showPending([kept("a"), kept("b")]);
    timeline.upsert(message(14));
    assert.deepEqual(seqs(), [11, 12, 13, 14, "a", "b"]);
    const [, mine] = timeline.messages.slice(-2);
    assert.deepEqual([mine.state, mine.user_id, mine.id, mine.message], ["sending", ada.id, null, "Mine b"]);
  });

  test("is said once, and again only when it looks different", () => {
    timeline.showPending([kept("a")]);
    timeline.showPending([kept("a")]);
    assert.equal(puts().length, 1);
    timeline.showPending([kept("a", { state: "failed", reason: "Too long." })]);
    assert.deepEqual([timeline.withKey("a").state, timeline.withKey("a").reason, puts().length], ["failed", "Too long.", 2]);
  });

  test("is replaced by the message with its client_id, under the same key", () => {
    timeline.showPending([kept("a"), kept("b")]);
    timeline.upsert(message(14, { by: ada, client_id: "a" }));
    assert.deepEqual(seqs(), [11, 12, 13, 14, "b"]);
    assert.deepEqual(puts().at(-1), ["a", "b"]);
    assert.equal(timeline.withKey("a").state, "sent");
    timeline.showPending([kept("a"), kept("b")]);
    assert.deepEqual(seqs(), [11, 12, 13, 14, "b"], "the outbox may be slower to know");
  });

  test("is sent by its acknowledgement, which the message itself may follow or precede", () => {
    timeline.showPending([kept("a")]);
    timeline.acknowledge({ client_id: "a", message_id: 114, seq: 14, revision: 16 });
    assert.deepEqual([timeline.withKey("a").state, timeline.withKey("a").message, seqs().at(-1)], ["sent", "Mine a", 14]);
    timeline.upsert(message(14, { by: ada, client_id: "a", message: "As kept" }));
    timeline.acknowledge({ client_id: "a", message_id: 114, seq: 14, revision: 14 });
    assert.deepEqual([seqs(), timeline.withKey("a").message], [[11, 12, 13, 14], "As kept"]);
  });

  test("is not replaced by another's message with the same client_id", () => {
    timeline.showPending([kept("a")]);
    timeline.upsert(message(14, { by: bob, client_id: "a" }));
    assert.deepEqual(seqs(), [11, 12, 13, 14, "a"]);
    assert.equal(timeline.withKey("a").state, "sending");
  });

  test("goes when the outbox has it no more", () => {
    timeline.showPending([kept("a"), kept("b")]);
    timeline.showPending([kept("b")]);
    assert.deepEqual([seqs().slice(3), events.at(-1)[0], events.at(-1)[1].message.key], [["b"], "drop", "a"]);
  });

  test("of several that an earlier page left, each is put before one that stands", () => {
    timeline.showPending([kept("a"), kept("b"), kept("c")]);
    assert.deepEqual(puts(), [["c", null], ["b", "c"], ["a", "b"]]);
  });

  test("retried, goes behind what waits", () => {
    timeline.showPending([kept("a", { state: "failed" }), kept("b")]);
    timeline.showPending([kept("b"), kept("a")]);
    assert.deepEqual(seqs().slice(3), ["b", "a"]);
  });

  test("that was sent while the end is out of sight leaves the screen", () => {
    shows({ more_after: true });
    timeline.showPending([kept("a")]);
    timeline.acknowledge({ client_id: "a", message_id: 190, seq: 90, revision: 90 });
    assert.deepEqual([seqs(), events.at(-1)[0]], [[11, 12, 13], "drop"]);
  });
});

describe("what was taken back", () => {
  test("leaves a mark without words, also in what quoted it", () => {
    const quote = { message_id: 112, display_name: "Bob", excerpt: "Message 12" };
    timeline.upsert(message(14, { reply_to: quote }));
    timeline.tombstone({ message_id: 112, revision: 15, deleted_by: "Ada", deleted_by_id: 1 });
    const { message: words, deleted_at, deleted_by, seq } = timeline.withId(112);
    assert.deepEqual([words, Boolean(deleted_at), deleted_by, seq], ["", true, "Ada", 12]);
    assert.equal(timeline.withId(114).reply_to.excerpt, "");
    timeline.upsert(message(12, { revision: 14 }));
    assert.ok(timeline.withId(112).deleted_at, "an older state does not bring it back");
  });

  test("is nobody's business when it is not shown", () => {
    timeline.tombstone({ message_id: 5, revision: 15 });
    assert.equal(events.length, 0);
  });

  test("all at once, leaves one line, and what came after", () => {
    timeline.upsert(message(15));
    timeline.showPending([kept("a")]);
    timeline.clear({ message_id: 114, seq: 14, revision: 14, cleared_by: "Bob", count: 3, event: { what: "cleared", count: 3 } });
    assert.deepEqual([seqs(), timeline.moreBefore], [[14, 15, "a"], false]);
    assert.deepEqual(timeline.withId(114).event, { what: "cleared", count: 3 });
    assert.equal(events.at(-1)[0], "reset");
  });
});

describe("the window", () => {
  test("grows at both ends without holes or doubles", () => {
    shows({ more_before: true, more_after: true });
    const before = timeline.add({ messages: range(8, 11).map((seq) => message(seq)), more_before: true, more_after: true });
    const after = timeline.add({ messages: range(14, 15).map((seq) => message(seq)), more_before: true, more_after: false });
    assert.deepEqual([before.map(({ seq }) => seq), after.map(({ seq }) => seq)], [range(8, 11), [14, 15]]);
    assert.deepEqual([seqs(), timeline.moreBefore, timeline.moreAfter], [range(8, 15), true, false]);
  });

  test("keeps what it knows better than the page", () => {
    timeline.upsert(message(11, { revision: 30, message: "Edited" }));
    timeline.add({ messages: [message(10), message(11)], more_before: false });
    assert.equal(timeline.withId(111).message, "Edited");
  });

  test("takes no message beyond an end that is open", () => {
    shows({ more_before: true, more_after: true });
    timeline.upsert(message(20));
    timeline.upsert(message(3, { revision: 21 }));
    timeline.upsert(message(12, { revision: 22 }));
    assert.deepEqual([seqs(), puts()], [[11, 12, 13], [["m112", "m113"]]]);
  });

  test("can begin anew, with what is pending still behind it", () => {
    timeline.showPending([kept("a")]);
    timeline.replace({ messages: [message(2), message(3)], more_before: true, more_after: true });
    assert.deepEqual([seqs(), timeline.moreBefore, timeline.moreAfter], [[2, 3, "a"], true, true]);
    assert.equal(events.at(-1)[0], "reset");
  });

  test("has a hole where pages do not meet, until what is between has come", () => {
    shows({ more_before: true });
    timeline.add({ messages: range(3, 5).map((seq) => message(seq)), more_before: true, more_after: true });
    assert.deepEqual([seqs(), timeline.holes], [[3, 4, 5, 11, 12, 13], [{ after: 5, before: 11 }]]);
    timeline.upsert(message(8, { revision: 30 }));
    timeline.upsert(message(14, { revision: 31 }));
    assert.deepEqual(seqs(), [3, 4, 5, 11, 12, 13, 14], "what changes in a hole comes with its page");
    timeline.add({ messages: range(6, 8).map((seq) => message(seq)), more_before: true, more_after: true });
    assert.deepEqual(timeline.holes, [{ after: 8, before: 11 }]);
    timeline.add({ messages: range(9, 10).map((seq) => message(seq)), more_before: true, more_after: true });
    assert.deepEqual([seqs(), timeline.holes, timeline.moreBefore], [range(3, 14), [], true]);
  });

  test("takes in what comes late, below what came meanwhile", () => {
    timeline.upsert(message(16));
    timeline.upsert(message(14, { revision: 17 }));
    assert.deepEqual([seqs(), timeline.holes], [[11, 12, 13, 14, 16], []]);
  });

  test("lets go of what is far, but never of the newest", () => {
    shows({ messages: range(1, 30).map((seq) => message(seq)) });
    timeline.letGo({ first: 8, last: 12, tail: 3 });
    assert.deepEqual([seqs(), timeline.holes, timeline.moreBefore], [[...range(8, 12), 28, 29, 30], [{ after: 12, before: 28 }], true]);
    timeline.letGo({ first: 29, last: 30, tail: 3 });
    assert.deepEqual([seqs(), timeline.holes], [[28, 29, 30], []]);
    timeline.upsert(message(31));
    assert.equal(seqs().at(-1), 31);
  });

  test("whose end is elsewhere lets go at both ends", () => {
    shows({ messages: range(1, 30).map((seq) => message(seq)), more_after: true });
    timeline.letGo({ first: 8, last: 12, tail: 3 });
    assert.deepEqual([seqs(), timeline.moreBefore, timeline.moreAfter], [range(8, 12), true, true]);
  });

  test("is not drawn anew where nothing is far", () => {
    shows({ messages: range(1, 30).map((seq) => message(seq)) });
    for (let time = 0; time < 2; time += 1) timeline.letGo({ first: 8, last: 28, tail: 3 });
    assert.deepEqual([seqs(), events.length, timeline.moreBefore], [range(8, 30), 1, true]);
    shows({ messages: range(3, 9).map((seq) => message(seq)) });
    timeline.letGo({ first: 3, last: 9, tail: 3 });
    assert.deepEqual([events.length, timeline.moreBefore], [0, false]);
  });

  test("reaches the end also by a page with nothing on it", () => {
    shows({ more_after: true });
    timeline.add({ messages: [], first_seq: 14, last_seq: 13, more_before: true, more_after: false });
    assert.deepEqual([timeline.moreAfter, timeline.holes], [false, []]);
  });

  test("has no hole left when everything before was cleared", () => {
    timeline.add({ messages: [message(3)], more_before: true, more_after: true });
    timeline.clear({ message_id: 114, seq: 14, revision: 14, cleared_by: "Bob", count: 3, event: { what: "cleared", count: 3 } });
    assert.deepEqual([seqs(), timeline.holes, timeline.moreBefore], [[14], [], false]);
  });

  test("stays where what went was not shown, but for what it quotes of it", () => {
    shows({ more_before: true, more_after: false });
    const quote = { message_id: 103, seq: 3, display_name: "Bob", excerpt: "Long ago" };
    timeline.upsert(message(14, { reply_to: quote }));
    const before = seqs();
    timeline.clear({ message_id: 105, seq: 5, revision: 20, event: { what: "expired", count: 4 } });
    assert.deepEqual([seqs(), timeline.holes, timeline.moreBefore], [before, [], true]);
    assert.deepEqual(timeline.withId(114).reply_to, { ...quote, excerpt: "" });
  });
});

describe("another wording of mine", () => {
  const edit = (fields) => kept("e", { wish: "edit", frame: { type: "edit_message", message_id: 112 }, text: "Better", ...fields });

  test("is shown with its message, not as a message", () => {
    timeline.showPending([edit()]);
    assert.deepEqual(seqs(), [11, 12, 13]);
    assert.deepEqual(timeline.withId(112).edit, { client_id: "e", text: "Better", state: "sending", reason: null });
    timeline.showPending([edit({ state: "failed", reason: "Too late." })]);
    assert.equal(timeline.withId(112).edit.reason, "Too late.");
    timeline.showPending([]);
    assert.equal(timeline.withId(112).edit, null);
  });

  test("a reaction is, too, and the last of several decides", () => {
    const react = (id, emoji, on) => kept(id, { wish: "react", frame: { type: "react", message_id: 112, emoji, on } });
    timeline.showPending([react("a", "+", true), react("b", "-", true), react("c", "+", false)]);
    assert.deepEqual([seqs(), timeline.withId(112).reacting], [[11, 12, 13], { "+": false, "-": true }]);
    timeline.showPending([]);
    assert.deepEqual(timeline.withId(112).reacting, {});
  });

  test("other wishes are not shown at all", () => {
    timeline.showPending([kept("p", { wish: "pin", frame: { type: "pin", message_id: 112, on: true } })]);
    assert.deepEqual([seqs(), events], [[11, 12, 13], []]);
  });
});
