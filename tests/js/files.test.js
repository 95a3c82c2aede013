import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { range } from "./cast.js";

const { GalleryShelf } = await import("elements/gallery/shelf.js");
const { boxOf } = await import("elements/timeline/message/files.js");
const { isLong } = await import("elements/timeline/message/long-message.js");

describe("the box of a picture", () => {
  // As tests/unit/messaging/saying/test_rendering.py has them.
  const BOXES = [[100, 50, 100, 50], [704, 100, 352, 50], [100, 2880, 10, 288], [4000, 3000, 352, 264], [3000, 1, 352, 1], [705, 577, 352, 288]];

  test("has its shape, and is never large", () => {
    for (const [width, height, ...box] of BOXES) assert.deepEqual(Object.values(boxOf({ width, height })), box);
  });

  test("is not known of one that nobody has measured", () => {
    assert.equal(boxOf({ width: null, height: null }), null);
    assert.equal(boxOf({}), null);
  });
});

test("a long message is one of more than forty lines, as they would be drawn", () => {
  assert.deepEqual(["", "x\n".repeat(39), "x".repeat(3600)].map(isLong), [false, false, false]);
  assert.deepEqual(["x\n".repeat(40), "x".repeat(3601), `${"x".repeat(91)}\n`.repeat(20)].map(isLong), [true, true, true]);
});

describe("the pictures of a gallery", () => {
  const ids = (...numbers) => numbers.map((id) => ({ id }));
  let asked;

  function shelfAt(id, { from = 1, to = 7, page = 2 } = {}) {
    asked = [];
    const fetch = async (url) => {
      asked.push(url.split("?")[1]);
      const place = new URLSearchParams(url.split("?")[1]);
      const [before, after] = [Number(place.get("before")), Number(place.get("after"))];
      const found = before ? range(Math.max(from, before - page), before - 1) : range(after + 1, Math.min(to, after + page));
      return Response.json({ files: ids(...found), more_before: (found[0] ?? before) > from, more_after: (found.at(-1) ?? after) < to });
    };
    return new GalleryShelf({ url: "/files/", first: { id }, fetch });
  }

  async function walked(shelf, steps) {
    const seen = [];
    while (await shelf.step(steps)) seen.push(shelf.file.id);
    return seen;
  }

  test("follow each other in both directions to both ends", async () => {
    const shelf = shelfAt(4);
    assert.deepEqual([shelf.hasBefore, shelf.hasAfter], [true, true]);
    await shelf.look();
    assert.equal(shelf.file.id, 4);
    assert.deepEqual(await walked(shelf, 1), [5, 6, 7]);
    assert.deepEqual([shelf.hasAfter, await walked(shelf, -1)], [false, [6, 5, 4, 3, 2, 1]]);
    assert.equal(shelf.hasBefore, false);
    assert.equal(asked.length, 4);
  });

  test("may be a single one", async () => {
    const shelf = shelfAt(1, { to: 1 });
    await shelf.look();
    assert.deepEqual([shelf.hasBefore, shelf.hasAfter, await shelf.step(1)], [false, false, false]);
  });

  test("are asked for again when they could not be had", async () => {
    const answers = [Promise.reject(new TypeError("no network")), Response.json({ files: ids(5), more_after: false })];
    const shelf = new GalleryShelf({ url: "/files/", first: { id: 4 }, fetch: () => answers.shift() });
    assert.equal(await shelf.step(1), false);
    assert.equal(await shelf.step(1), true);
    assert.equal(shelf.file.id, 5);
  });
});
