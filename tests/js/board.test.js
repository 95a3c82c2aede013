import assert from "node:assert/strict";
import { describe, test } from "node:test";

const { Hand } = await import("../../static/js/boards/hand.js");
const { indexFor, isPast, placeInWords } = await import("../../static/js/boards/order.js");
const { NO_ANSWER, send } = await import("../../static/js/boards/requests.js");

describe("the place of a card", () => {
  test("it goes before the first card of a higher rank", () => {
    assert.equal(indexFor("5000000000000000", ["4000000000000000", "6000000000000000"]), 1);
    assert.equal(indexFor("3", ["4", "6"]), 0);
    assert.equal(indexFor("7", ["4", "6"]), 2);
    assert.equal(indexFor("7", []), 0);
  });

  test("a rank with a fraction comes after the one it starts with", () => {
    assert.equal(indexFor("50000000000000005", ["5000000000000000", "5000000001000000"]), 1);
  });

  test("it is said as a person would", () => {
    assert.equal(placeInWords({ column: "Doing", position: 2, count: 3 }), "position 2 of 3 in Doing");
  });
});

describe("a card in somebody's hand", () => {
  const at = (revision) => ({ task_id: 7, revision });

  test("is drawn as the newest word has it, whatever order words come in", () => {
    const hand = new Hand();
    hand.take("7");
    for (const revision of [5, 6, 5]) hand.hear(at(revision));
    assert.deepEqual([hand.holds(7), hand.open("7"), hand.holds(7)], [true, at(6), false]);
  });

  test("of which nothing was told goes back", () => {
    const hand = new Hand();
    hand.take("7");
    assert.equal(hand.open("7"), null);
  });
});

describe("a due date", () => {
  const noon = new Date(2031, 4, 4, 12);

  test("is not past while its day lasts", () => {
    assert.equal(isPast("2031-05-04", noon), false);
    assert.equal(isPast("2031-05-05", noon), false);
  });

  test("is past the day after, over the ends of months too", () => {
    assert.equal(isPast("2031-05-03", noon), true);
    assert.equal(isPast("2031-04-30", new Date(2031, 4, 1)), true);
  });
});

describe("asking the server", () => {
  const answering = (status, answer) => async (url, request) => {
    answering.last = { url, ...request };
    return new Response(JSON.stringify(answer), { status });
  };

  test("sends a form with its token, and leaves out what is not known", async () => {
    const fetch = answering(200, { card: { title: "Wing" } });
    assert.deepEqual(await send("/move/", { column: 2, before: null }, { token: "t", fetch }), { card: { title: "Wing" } });
    assert.equal(answering.last.body.toString(), "column=2");
    assert.deepEqual(answering.last.headers, { "X-CSRFToken": "t", Accept: "application/json" });
  });

  test("a refusal is told in the server's words", async () => {
    const fetch = answering(400, { error: "Please give a title." });
    await assert.rejects(send("/edit/", {}, { token: "t", fetch }), { message: "Please give a title." });
  });

  test("no answer at all is told too", async () => {
    const fetch = async () => { throw new TypeError("network"); };
    await assert.rejects(send("/edit/", {}, { token: "t", fetch }), { message: NO_ANSWER });
  });

  test("a page that is gone, or no JSON, is never taken for success", async () => {
    await assert.rejects(send("/edit/", {}, { token: "t", fetch: async () => new Response("<html>", { status: 404 }) }), /no longer/);
    await assert.rejects(send("/edit/", {}, { token: "t", fetch: async () => new Response("<html>", { status: 200 }) }), { message: NO_ANSWER });
  });
});
