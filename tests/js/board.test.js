import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { FakeClock, FakeWindow, fakeWebSocket, heard, settled } from "./cast.js";

const { Hand } = await import("../../static/js/boards/hand.js");
const { BoardLine } = await import("../../static/js/boards/line.js");
const { Moves } = await import("../../static/js/boards/moves.js");
const { Outbox } = await import("live/outbox.js");
const { indexFor, isPast, placeInWords } = await import("../../static/js/boards/order.js");
const { Additions } = await import("../../static/js/boards/additions.js");
const { NO_ANSWER, OFFLINE, isUnanswered, send } = await import("../../static/js/boards/requests.js");

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
    hand.take("7", "2");
    for (const revision of [5, 6, 5]) hand.hear(at(revision));
    assert.deepEqual([hand.holds(7), hand.ids], [true, [7]]);
    assert.deepEqual([hand.open("7").newest, hand.holds(7)], [at(6), false]);
  });

  test("of which nothing was told goes back to where it was", () => {
    const hand = new Hand();
    hand.take("7", "2");
    assert.deepEqual([hand.columnOf("7"), hand.columnOf(8)], ["2", undefined]);
    assert.deepEqual([hand.open("7").columnId, hand.open("7")], ["2", null]);
  });

  test("or held more than once, is let go of with the last hold, back to where the first one took it", () => {
    const hand = new Hand();
    hand.take("7", "2");
    hand.take("7", "3");
    hand.hear(at(5));
    assert.deepEqual([hand.open("7"), hand.holds(7)], [null, true]);
    const { columnId, newest } = hand.open("7");
    assert.deepEqual([columnId, newest], ["2", at(5)]);
  });
});

describe("a board loaded anew", () => {
  let clock, Sockets, line, reads, shown, states;

  const change = (revision) => ({ type: "card_moved", revision });
  const reset = (revision, epoch) => Sockets.last.says({ type: "reset", why: "epoch", revision, epoch });
  const taken = () => shown.splice(0).map(([name, { revision }]) => `${name} ${revision}`);

  function follows() {
    [clock, Sockets, reads] = [new FakeClock(), fakeWebSocket(), []];
    const read = () => new Promise((resolve) => reads.push(resolve));
    const random = () => 0.5;
    const page = { socket_url: "/ws/boards/1/", revision: 5, epoch: "e1" };
    const put = (page) => shown.push(["page", page]);
    line = new BoardLine({ data: page, read, put, line: { WebSocket: Sockets, events: new FakeWindow() }, clock, random });
    shown = heard(line, "change", "refused");
    states = heard(line, "state");
    line.open();
    Sockets.last.opens();
    Sockets.last.says({ type: "welcome", revision: 5, epoch: "e1" }, { type: "synced", revision: 5 });
  }

  async function answers(page) {
    reads.shift()(page);
    await settled();
  }

  async function failsToBeRead() {
    await answers(null);
    clock.pass(5_000);
    await settled();
  }

  test("is asked for until it comes, and is catching up all the while", async () => {
    follows();
    reset(9, "e2");
    for (const _ of [1, 2, 3, 4, 5, 6, 7]) await failsToBeRead();
    assert.deepEqual([line.isLoading, taken()], [true, []]);
    await answers({ revision: 9, epoch: "e2" });
    assert.deepEqual([line.isLoading, taken(), states.length], [false, ["page 9"], 2]);
  });

  test("shows again what came while it was read, and nothing older than itself", async () => {
    follows();
    reset(9, "e2");
    Sockets.last.says(change(10), change(11));
    await answers({ revision: 10, epoch: "e2" });
    assert.deepEqual(taken(), ["change 10", "change 11", "page 10", "change 11"]);
    Sockets.last.says(change(12));
    assert.deepEqual(taken(), ["change 12"]);
  });

  test("is not what was read before the last restore", async () => {
    follows();
    reset(9, "e2");
    reset(3, "e3");
    await answers({ revision: 9, epoch: "e2" });
    clock.pass(5_000);
    await settled();
    await answers({ revision: 3, epoch: "e3" });
    assert.deepEqual(taken(), ["page 3"]);
  });

  test("lets go of what was held for it", async () => {
    follows();
    for (const revision of [7, 17, 27, 37]) {
      Sockets.last.says(change(revision));
      if (revision < 37) Sockets.last.says({ type: "synced", revision });
    }
    assert.equal(line.stream.state, "broken");
    taken();
    await failsToBeRead();
    Sockets.last.says(change(38));
    await answers({ revision: 37, epoch: "e1" });
    assert.deepEqual([taken(), line.stream.state], [["page 37", "change 38"], "live"]);
  });

  test("that is out of step again is looked at a minute later", async () => {
    follows();
    const jumps = (...revisions) => revisions.forEach((revision) => Sockets.last.says(change(revision), { type: "synced", revision }));
    jumps(7, 17, 27, 37);
    await answers({ revision: 37, epoch: "e1" });
    jumps(40);
    assert.deepEqual([line.stream.state, line.error?.slice(0, 30)], ["failed", "This board could not be brough"]);
    for (let seconds = 0; seconds < 60; seconds += 5) {
      clock.pass(5_000);
      Sockets.last.says({ type: "pong", revision: 40 });
    }
    await answers({ revision: 40, epoch: "e1" });
    assert.deepEqual([line.stream.state, line.error], ["live", null]);
  });

  test("that is ours no more ends the line", async () => {
    follows();
    reset(9, "e2");
    await answers({ refused: 4403 });
    assert.deepEqual([line.isLoading, shown, line.connection.state], [false, [["refused", { code: 4403 }]], "closed"]);
  });
});

describe("moves of cards", () => {
  let outbox, moves, asked, answer, events, clock;

  const to = (column) => ({ column, before: null, after: null });
  const taken = () => asked.splice(0).map(({ url, body }) => `${url} ${JSON.parse(body).column}`);

  function board(id = 4) {
    const fetch = async (url, request) => {
      asked.push({ url, ...request });
      return answer(url);
    };
    const { signal } = new AbortController();
    moves = new Moves({ board: { id, name: "Shed", url: "/boards/4/" }, outbox, csrfToken: () => "t", signal, fetch, clock });
    events = heard(moves, "over", "refused");
    return moves;
  }

  beforeEach(() => {
    [asked, answer] = [[], () => Response.json({ card: { revision: 9 } })];
    clock = new FakeClock();
    outbox = new Outbox({ userId: 1, clock, lock: null, channel: null, indexedDB: null });
    board();
  });

  test("wait while nobody answers, and then go in their order, each once", async () => {
    answer = () => { throw new TypeError("no network"); };
    moves.add(7, to("2"));
    moves.add(8, to("2"));
    moves.add(7, to("3"));
    await settled();
    assert.deepEqual(moves.waiting.map(({ task, place }) => `${task} ${place.column}`), ["7 2", "8 2", "7 3"]);
    taken();
    answer = () => Response.json({ card: { revision: 9 } });
    clock.pass(5_000);
    await settled();
    assert.deepEqual(taken(), ["/boards/task/7/move/ 2", "/boards/task/8/move/ 2", "/boards/task/7/move/ 3"]);
    await moves.send();
    assert.deepEqual([taken(), moves.waiting, clock.waiting], [[], [], []]);
    assert.deepEqual(events.map(([name, { card }]) => [name, card]), Array(3).fill(["over", { revision: 9 }]));
  });

  test("that are refused are over, in the server's words", async () => {
    answer = () => Response.json({ detail: "You may look, but not touch." }, { status: 403 });
    moves.add(7, to("2"));
    await settled();
    assert.deepEqual(moves.waiting, []);
    assert.deepEqual(events.map(([name, detail]) => [name, detail.card ?? detail]).sort(), [
      ["over", { client_id: events.find(([name]) => name === "over")[1].client_id, card: null }],
      ["refused", "You may look, but not touch."],
    ]);
  });

  test("of another board are none of this one's", async () => {
    answer = () => { throw new TypeError("no network"); };
    moves.add(7, to("2"));
    await settled();
    assert.deepEqual([moves.waiting.length, board(5).waiting.length], [1, 0]);
  });
});

describe("what is added to a board", () => {
  let outbox, additions, asked, answer, over, clock;

  const add = (...titles) => titles.map((title) => additions.add("/boards/column/2/tasks/", title, { title }));
  const titles = () => asked.splice(0).map(({ body }) => JSON.parse(body).title);

  beforeEach(() => {
    [asked, clock] = [[], new FakeClock()];
    outbox = new Outbox({ userId: 1, clock, lock: null, channel: null, indexedDB: null });
    const fetch = async (url, request) => {
      asked.push({ url, ...request });
      return answer(JSON.parse(request.body));
    };
    const { signal } = new AbortController();
    const place = { name: "Shed", url: "/boards/4/" };
    additions = new Additions({ where: "new cards 4", place, wish: "card", outbox, csrfToken: () => "t", signal, fetch, clock });
    over = heard(additions, "over");
  });

  test("goes in the order in which it was said, one after the other", async () => {
    const answers = [];
    answer = () => new Promise((resolve) => answers.push(() => resolve(Response.json({ card: { revision: 9 } }))));
    add("One", "Two");
    await settled();
    assert.deepEqual(titles(), ["One"]);
    answers.shift()();
    await settled();
    assert.deepEqual([titles(), additions.waiting.map(({ text }) => text)], [["Two"], ["Two"]]);
  });

  test("waits while nobody answers, and is sent again under its name", async () => {
    answer = () => { throw new TypeError("no network"); };
    const names = add("One", "Two");
    await settled();
    assert.deepEqual(additions.waiting, ["One", "Two"].map((text, at) => ({ client_id: names[at], url: "/boards/column/2/tasks/", text })));
    asked.length = 0;
    answer = () => Response.json({ card: { revision: 9 } });
    clock.pass(5_000);
    await settled();
    assert.deepEqual(asked.map(({ body }) => JSON.parse(body)), ["One", "Two"].map((title, at) => ({ title, client_id: names[at] })));
    assert.deepEqual([additions.waiting, clock.waiting], [[], []]);
    assert.deepEqual(over.map(([, { text, answer: { card } }]) => [text, card.revision]), [["One", 9], ["Two", 9]]);
  });

  test("and is refused stops nothing behind it, and is kept with its words", async () => {
    answer = ({ title }) => (title === "One" ? Response.json({ detail: "No." }, { status: 400 }) : Response.json({ card: { revision: 9 } }));
    add("One", "Two");
    await settled();
    assert.deepEqual([titles(), additions.waiting, clock.waiting], [["One", "Two"], [], []]);
    assert.deepEqual(outbox.refused().map(({ text, reason, wish }) => [text, reason, wish]), [["One", "No.", "card"]]);
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

  test("without a network nothing was done, and that is said", async () => {
    const fetch = async () => { throw new TypeError("network"); };
    await assert.rejects(send("/edit/", {}, { token: "t", fetch, isOffline: true }), { message: OFFLINE });
    assert.deepEqual([NO_ANSWER, OFFLINE, "No."].map((message) => isUnanswered({ message })), [true, true, false]);
  });

  test("a page that is gone, or no JSON, is never taken for success", async () => {
    await assert.rejects(send("/edit/", {}, { token: "t", fetch: async () => new Response("<html>", { status: 404 }) }), /no longer/);
    await assert.rejects(send("/edit/", {}, { token: "t", fetch: async () => new Response("<html>", { status: 200 }) }), { message: NO_ANSWER });
  });
});
