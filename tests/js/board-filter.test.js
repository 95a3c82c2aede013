import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import "./cast.js";

const { fits, inAddress, isOn, NAMES } = await import("../../static/js/boards/filter.js");
const { today, cards, cases } = JSON.parse(readFileSync(new URL("../filters.json", import.meta.url)));

function asked(address) {
  const said = new URLSearchParams(address);
  return Object.fromEntries(NAMES.map((name) => [name, said.get(name) ?? ""]));
}

describe("a filter", () => {
  for (const { filter, left } of cases) {
    test(`leaves what the server leaves: ${filter || "everything"}`, () => {
      const now = new Date(`${today}T12:00`);
      assert.deepEqual(cards.filter((card) => fits(card, asked(filter), now)).map(({ title }) => title), left);
    });
  }

  test("knows the same week at both its ends", () => {
    const card = { title: "", people: [], labels: [], due: "2031-05-11", isDone: false };
    const isLeft = (day) => fits(card, asked("due=week"), new Date(`${day}T00:00`));
    assert.deepEqual(["2031-05-04", "2031-05-05", "2031-05-11", "2031-05-12"].map(isLeft), [false, true, true, false]);
  });

  test("is in the address, as far as it asks for something", () => {
    assert.equal(inAddress(asked("who=3&due=late")), "?who=3&due=late");
    assert.equal(inAddress({ words: "a & b" }), "?words=a+%26+b");
    assert.deepEqual([inAddress(asked("")), isOn(asked("")), isOn(asked("label=1"))], ["", false, true]);
  });
});
