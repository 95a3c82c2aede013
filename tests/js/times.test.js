// Times as people say them, by the clock that their browser keeps.

import "./bare-names.js";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

const NOW = new Date(2026, 10, 24, 18, 30);
const { ago, since } = await import("elements/common/times.js");
const at = (...time) => new Date(2026, 10, 24, ...time);

// What a page in this language says of five past two in a browser whose own language is `browser`.
function clockIn(browser, page) {
  const code = `import "./tests/js/bare-names.js";
    const Format = Intl.DateTimeFormat;
    Intl.DateTimeFormat = function (locale, options) { return new Format(locale ?? "${browser}", options); };
    globalThis.document = { documentElement: { lang: "${page}" } };
    const { clock } = await import("elements/common/times.js");
    console.log(clock(new Date(2026, 10, 24, 14, 5)));`;
  return execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8", cwd: new URL("../..", import.meta.url) }).trim().replace("\u202f", " ");
}

test("the clock is the one that the browser keeps", () => {
  assert.deepEqual(["en-US", "en-GB"].map((browser) => clockIn(browser, "en")), ["2:05 PM", "14:05"]);
});

test("a browser that speaks another language does not decide how this one tells the time", () => {
  assert.deepEqual([clockIn("en-US", "de"), clockIn("de-DE", "en")], ["14:05", "14:05"]);
});

test("in a sentence a time says that it is over", () => {
  const said = [at(18, 29, 30), at(18, 22), at(9, 0)].map((date) => since(date, NOW));
  assert.deepEqual(said, ["just now", "8 min ago", `at ${ago(at(9, 0), NOW)}`]);
  assert.match(since(new Date(2026, 10, 23, 9), NOW), /^yesterday 0?9:00/);
});
