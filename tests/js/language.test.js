import "./bare-names.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const { gettext, ngettext, locale } = await import("language/gettext.js");

test("a text stands as it is written, with its values", () => {
  assert.equal(gettext("Saved."), "Saved.");
  assert.equal(gettext("Moved {title} to {column}.", { title: "{column}", column: "$& Done" }), "Moved {column} to $& Done.");
  assert.equal(gettext("{nothing} {x}", { x: 0 }), "{nothing} 0");
});

test("a number chooses the form", () => {
  const people = (count) => ngettext("{count} person", "{count} people", count);
  assert.deepEqual([0, 1, 2, 1_000].map(people), ["0 people", "1 person", "2 people", "1,000 people"]);
  assert.equal(ngettext("{name} has one", "{name} has {count}", 2, { name: "Ada" }), "Ada has 2");
});

test("dates are of the language too", () => {
  assert.equal(locale, "en-GB");
});
