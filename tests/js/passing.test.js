// Who passes by on a board, and telling that we hold a card.
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { FakeClock } from "./cast.js";

const { AGAIN_MS, APART_MS, Holding } = await import("../../static/js/boards/holding.js");
const { HOLDS_LAST_MS, Passing } = await import("../../static/js/boards/passing.js");

const [ada, bob] = [{ user_id: 1 }, { user_id: 2 }];
let clock;
beforeEach(() => { clock = new FakeClock(); });

describe("who is at a card", () => {
  let passing, changes;
  beforeEach(() => {
    passing = new Passing({ myId: 1, lastsMs: HOLDS_LAST_MS, clock });
    changes = [];
    passing.addEventListener("change", ({ detail }) => changes.push([detail, passing.at(detail)]));
  });

  test("are the others, as was told last", () => {
    passing.hear({ task_id: 7, people: [ada, bob] });
    passing.hear({ task_id: 7, people: [ada] });
    passing.hear({ task_id: 8, people: [ada] });
    assert.deepEqual(changes, [[7, [bob]], [7, []]]);
  });

  test("is nobody some time after the last word", () => {
    passing.hear({ task_id: 7, people: [bob] });
    clock.pass(HOLDS_LAST_MS - 1);
    passing.hear({ task_id: 7, people: [bob] });
    clock.pass(HOLDS_LAST_MS - 1);
    assert.deepEqual(passing.at("7"), [bob]);
    clock.pass(1);
    assert.deepEqual([passing.at(7), passing.cards], [[], []]);
  });

  test("is forgotten with the line", () => {
    for (const id of [7, 8]) passing.hear({ task_id: id, people: [bob] });
    passing.forget();
    assert.deepEqual(changes.slice(2), [[7, []], [8, []]]);
  });
});

describe("a card in our hand", () => {
  let holding, said, board;
  beforeEach(() => {
    said = [];
    board = new AbortController();
    holding = new Holding({ send: ({ type, column_id: column }) => said.push(column ?? type), signal: board.signal, clock });
  });

  test("is told of at once, and again as long as we hold it", () => {
    holding.over("7", "2");
    holding.over(7, 2);
    clock.pass(2 * AGAIN_MS);
    holding.letGo();
    clock.pass(2 * AGAIN_MS);
    assert.deepEqual(said, [2, 2, 2, "let_go_card"]);
  });

  test("that is moved fast is told of now and then, with where it is by then", () => {
    for (const column of [2, 3, 4, 5]) holding.over(7, column);
    assert.deepEqual(said, [2]);
    clock.pass(APART_MS);
    assert.deepEqual(said, [2, 5]);
  });

  test("is told of soon also after the clock was put back", () => {
    holding.over(7, 2);
    clock.time -= 3_600_000;
    holding.over(7, 3);
    clock.pass(APART_MS);
    assert.deepEqual(said, [2, 3]);
  });

  test("is let go of with the board, and not told of after that", () => {
    holding.over(7, 2);
    board.abort();
    holding.over(7, 3);
    clock.pass(2 * AGAIN_MS);
    holding.letGo();
    assert.deepEqual([said, clock.waiting], [[2, "let_go_card"], []]);
  });

  test("that is not there is not let go of", () => {
    holding.letGo();
    assert.deepEqual(said, []);
  });
});
