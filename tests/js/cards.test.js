import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { FakeClock, settled } from "./cast.js";

const { Cards } = await import("../../static/js/boards/cards.js");

const COLUMNS = [{ column_id: 1, title: "To do", is_done: false }, { column_id: 2, title: "Done", is_done: true }];
const card = (id, more = {}) => ({ type: "card_changed", task_id: id, board_id: 9, column_id: 1, revision: 5, title: `Card ${id}`, why: "changed", assignees: [], ...more });
const board = { id: 9, socket_url: "/ws/boards/9/", revision: 5, epoch: "e", may_edit: true, columns: COLUMNS };

describe("cards that a page speaks of", () => {
  let asked, server, lines, cards, changed, clock;

  beforeEach(() => {
    [asked, server, lines, changed, clock] = [[], { cards: [card(7), card(8)], boards: [board] }, [], [], new FakeClock()];
    const line = (facts) => {
      const one = Object.assign(new EventTarget(), { facts, stream: { ...facts.data }, isOpen: false, open: () => { one.isOpen = true; }, close: () => { one.isOpen = false; } });
      lines.push(one);
      return one;
    };
    const read = async (ids) => {
      asked.push(ids);
      return server && { ...server, cards: server.cards.filter(({ task_id: id }) => ids.includes(id)) };
    };
    cards = new Cards({ read, line, clock });
    cards.addEventListener("change", ({ detail }) => changed.push(...detail));
  });

  const tell = (frame) => lines[0].dispatchEvent(new CustomEvent("change", { detail: frame }));

  test("are asked for together, and have one line for each board", async () => {
    for (const id of [7, 8, 7]) cards.watch(id);
    await settled();
    assert.deepEqual([asked, lines.length, lines[0].isOpen], [[[7, 8]], 1, true]);
    assert.deepEqual([cards.card(7).column, cards.card(7).isDone, cards.card(8).mayEdit], ["To do", false, true]);
  });

  test("are as the line tells, and never older again", async () => {
    cards.watch(7);
    await settled();
    tell({ ...card(7, { column_id: 2, revision: 8 }), board_id: undefined });
    cards.hear(card(7, { column_id: 1, revision: 6 }));
    assert.deepEqual([cards.card(7).column, cards.card(7).isDone], ["Done", true]);
    tell({ type: "column_changed", column_id: 2, title: "Flown", is_done: true, revision: 9 });
    assert.equal(cards.card(7).column, "Flown");
    tell(card(99, { revision: 10 }));
    assert.deepEqual([cards.card(99), changed.includes(99)], [null, false]);
  });

  test("are asked for again where the line of their board is further than the answer", async () => {
    cards.watch(7);
    await settled();
    lines[0].stream.revision = 9;
    cards.watch(8);
    await settled();
    assert.equal(cards.card(8), null);
    server = { cards: [card(8, { revision: 9, title: "Renamed" })], boards: [{ ...board, revision: 9 }] };
    clock.pass(60_000);
    await settled();
    assert.equal(cards.card(8).title, "Renamed");
  });

  test("are read anew, however many, and nothing older takes the place of what is known", async () => {
    const ids = Array.from({ length: 150 }, (_, n) => n + 1);
    server.cards = ids.map((id) => card(id));
    for (const id of ids) cards.watch(id);
    await settled();
    await settled();
    server.cards = ids.map((id) => card(id, { revision: 6, title: `Anew ${id}` }));
    const told = await lines[0].facts.read();
    tell(card(2, { revision: 7, title: "Newer" }));
    lines[0].facts.put(told);
    assert.deepEqual([1, 2, 150].map((id) => cards.card(id)?.title), ["Anew 1", "Newer", "Anew 150"]);
    const restored = [{ ...board, epoch: "f", revision: 3 }];
    lines[0].facts.put({ asked: [2], cards: [card(2, { revision: 3, title: "As it was" })], boards: restored });
    assert.equal(cards.card(2).title, "As it was");
  });

  test("that are not ours to see are asked for once, and stay unknown", async () => {
    cards.watch(70);
    await settled();
    cards.watch(70);
    await settled();
    assert.deepEqual([cards.card(70), asked.length], [null, 1]);
  });

  test("are asked for until there is an answer", async () => {
    const [later] = [server, (server = null)];
    cards.watch(7);
    await settled();
    assert.equal(cards.card(7), null);
    server = later;
    clock.pass(60_000);
    await settled();
    assert.equal(cards.card(7).title, "Card 7");
  });

  test("leave no line behind when the last of a board is forgotten", async () => {
    for (const id of [7, 8, 7]) cards.watch(id);
    await settled();
    for (const id of [7, 8]) cards.forget(id);
    assert.equal(lines[0].isOpen, true);
    cards.forget(7);
    assert.equal(lines[0].isOpen, false);
  });

  test("of a board one was taken off are not shown any more", async () => {
    cards.watch(7);
    await settled();
    lines[0].dispatchEvent(new CustomEvent("refused", { detail: { code: 4403 } }));
    assert.deepEqual([cards.card(7), lines[0].isOpen, changed], [null, false, [7, 7]]);
  });
});
