import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import "./cast.js";

const { TakingBack } = await import("../../static/js/boards/taking-back.js");

describe("what was done to a card", () => {
  let asked, back, rank;
  const from = { column: "1", before: "8", after: null };

  beforeEach(() => {
    asked = [];
    rank = 20;
    back = new TakingBack(async (url, fields) => {
      asked.push([url, fields]);
      return { card: { task_id: 7, column_id: 1, rank: String((rank += 1)) } };
    });
  });

  test("is taken back on the condition that it is as it was left", async () => {
    await back.move("7", from, Promise.resolve({ column_id: 2, rank: "9" }))();
    await back.rename(7, "Wing", "Fin")();
    await back.archive("7")();
    assert.deepEqual(asked, [
      ["/boards/task/7/undo/", { what: "move", ...from, left_column: 2, left_rank: "9" }],
      ["/boards/task/7/undo/", { what: "rename", title: "Wing", left_as: "Fin" }],
      ["/boards/task/7/undo/", { what: "archive" }],
    ]);
  });

  test("step after step: what was taken back is how it was left", async () => {
    const first = back.move("7", from, Promise.resolve({ column_id: 2, rank: "9" }));
    const second = back.move("7", { column: "2" }, Promise.resolve({ column_id: 3, rank: "5" }));
    await second();
    await first();
    assert.deepEqual(asked.map(([, { left_column, left_rank }]) => [left_column, left_rank]), [[3, "5"], [1, "21"]]);
  });

  test("waits until it is saved, and is not taken back when it never was", async () => {
    let save;
    const undone = back.move("7", from, new Promise((resolve) => { save = resolve; }))();
    assert.deepEqual(asked, []);
    save(null);
    await assert.rejects(undone, /was not moved/);
    assert.deepEqual(asked, []);
  });
});
