// A page in another language: its catalogue takes the place of that of English, as the import map has it.

import "./bare-names.js";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { register } from "node:module";
import { test } from "node:test";

const GERMAN = {
  "In an hour": "In einer Stunde",
  "Ctrl": "Strg",
  "Search": "Suche",
  "verb\u0004Search": "Suchen",
  "Del": "Entf",
  "{mine} for you, {theirs} for {name}": "{theirs} bei {name}, {mine} bei dir",
  "{count} scheduled": ["{count} ist geplant", "{count} sind geplant"],
};
const catalogue = `export default ${JSON.stringify(GERMAN)}; export const formOf = (n) => (n === 0 ? 2 : Number(n !== 1));`;
const hook = `export const resolve = (name, context, next) => (name === "language/catalogue.js"
  ? { url: ${JSON.stringify(`data:text/javascript,${encodeURIComponent(catalogue)}`)}, shortCircuit: true } : next(name, context));`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
process.env.TZ = "Europe/Vienna";
globalThis.document = { documentElement: { lang: "de" } };
globalThis.fetch = async (url) => new Response(await readFile(url));

const { gettext, locale, ngettext } = await import("language/gettext.js");
const { pgettext } = await import("language/pgettext.js");
const { chordName, keyName } = await import("elements/keys/key-name.js");
const { emojiLike } = await import("elements/composer/completing/emoji-names.js");
const { allEmoji } = await import("elements/emoji/list.js");
const { hereAndThere, timesToChoose } = await import("elements/kept/when.js");

test("what it has is said in it, and the rest in English", () => {
  const [soon, inAnHour] = timesToChoose(new Date("2026-11-24T09:00"));
  assert.deepEqual([soon.words, inAnHour.words], ["In 20 minutes", "In einer Stunde"]);
});

test("a word of two meanings is said as it is meant", () => {
  assert.deepEqual([gettext("Search"), pgettext("verb", "Search"), pgettext("noun", "Search")], ["Suche", "Suchen", "Search"]);
});

test("values stand where the language wants them", () => {
  const noon = new Date(2026, 10, 24, 12, 5);
  assert.equal(hereAndThere(noon, { name: "Bob", zone: "Asia/Tokyo" }), "20:05 bei Bob, 12:05 bei dir");
});

test("numbers are written and counted as it does", () => {
  assert.equal(locale, "de");
});

test("English counts its two forms, however many the language has", () => {
  assert.deepEqual([0, 1, 2].map((count) => ngettext("{count} star", "{count} stars", count)), ["0 stars", "1 star", "2 stars"]);
  assert.deepEqual([1, 2_000].map((count) => ngettext("{count} scheduled", "{count} scheduled", count)), ["1 ist geplant", "2.000 sind geplant"]);
});

test("a key is called what is written on it", () => {
  assert.deepEqual(["Ctrl", "Delete", "k", "↑"].map(keyName), ["Strg", "Entf", "k", "↑"]);
  assert.equal(chordName("Ctrl+B"), "Strg+B");
});

test("emoji are found by what they are called in it, and by their English names", async () => {
  const all = await allEmoji();
  const found = (words) => emojiLike(words, all).map(({ emoji, label }) => `${emoji} ${label}`);
  for (const words of ["daumen_hoch", "einverstanden", "thumbsup"]) assert.ok(found(words).includes("👍 Daumen hoch"), words);
  for (const words of ["herz", "heart"]) assert.ok(found(words).includes("❤️ rotes Herz"), `${words}: ${found(words)}`);
  for (const words of ["lächeln", "lacheln"]) assert.ok(found(words).length === 8, words);
  assert.ok(found("flagge_deutschland").includes("🇩🇪 Flagge: Deutschland"));
  assert.deepEqual(found("qqq"), []);
});
