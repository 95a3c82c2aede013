import assert from "node:assert/strict";
import { describe, test } from "node:test";
import "./bare-names.js";

const { continued, isInFence, linkedTo, marked } = await import("elements/composer/markup.js");

// A text with its selection between ‹ and ›, or its caret at ‹›.
function read(shown) {
  const start = shown.indexOf("‹");
  return { text: shown.replace(/[‹›]/g, ""), start, end: shown.indexOf("›") - 1 };
}

function after(shown, change) {
  if (!change) return null;
  const { text } = read(shown);
  const [from, to] = change.select.map((at) => change.start + at);
  const whole = text.slice(0, change.start) + change.text + text.slice(change.end);
  return `${whole.slice(0, from)}‹${whole.slice(from, to)}›${whole.slice(to)}`;
}

const mark = (kind, shown) => {
  const { text, start, end } = read(shown);
  return after(shown, marked(kind, text, start, end));
};

describe("a mark", () => {
  for (const [kind, before, then] of [
    ["bold", "a ‹word› here", "a **‹word›** here"],
    ["bold", "a **‹word›** here", "a ‹word› here"],
    ["bold", "‹›", "**‹›**"],
    ["bold", "a ‹ word ›here", "a  **‹word›** here"],
    ["italic", "a ‹word›", "a *‹word›*"],
    ["italic", "a *‹word›*", "a ‹word›"],
    ["italic", "a **‹word›**", "a ***‹word›***"],
    ["italic", "a ***‹word›***", "a **‹word›**"],
    ["strike", "‹gone›", "~~‹gone›~~"],
    ["code", "run ‹ls›", "run `‹ls›`"],
    ["link", "see ‹this›", "see [this](https://‹›)"],
    ["link", "see ‹https://a.example›", "see [‹›](https://a.example)"],
    ["link", "‹›", "[‹›](https://)"],
    ["fence", "so:‹ls -l›", "so:\n```\n‹ls -l›\n```"],
    ["fence", "‹›", "```\n‹›\n```"],
    ["bullets", "‹one\ntwo›", "‹- one\n- two›"],
    ["bullets", "‹- one\n- two›", "‹one\ntwo›"],
    ["numbers", "‹one\ntwo›", "‹1. one\n2. two›"],
    ["quote", "so ‹›it was", "> so it was‹›"],
  ]) {
    test(`${kind}: ${JSON.stringify(before)}`, () => assert.equal(mark(kind, before), then));
  }
});

describe("a line break", () => {
  for (const [before, then] of [
    ["- one‹›", "- one\n- ‹›"],
    ["* one\n  * two‹›", "* one\n  * two\n  * ‹›"],
    ["9. nine‹›", "9. nine\n10. ‹›"],
    ["1) one‹›", "1) one\n2) ‹›"],
    ["> said‹›", "> said\n> ‹›"],
    ["- [x] done‹›", "- [x] done\n- [ ] ‹›"],
    ["- one\n- ‹›", "- one\n‹›"],
    ["no list‹›", null],
    ["```\n- code‹›", null],
    ["-dash‹›", null],
  ]) {
    test(JSON.stringify(before), () => {
      const { text, start } = read(before);
      assert.equal(after(before, continued(text, start)), then);
    });
  }
});

describe("an address over a selection", () => {
  const over = (address, shown) => {
    const { text, start, end } = read(shown);
    return after(shown, linkedTo(address, text, start, end));
  };
  test("makes it a link", () => assert.equal(over("https://a.example/x ", "see ‹this› now"), "see [this](https://a.example/x)‹› now"));
  test("replaces an address", () => assert.equal(over("https://b.example", "‹https://a.example›"), null));
  test("and words do nothing", () => assert.equal(over("no address", "‹this›"), null));
  test("nothing selected is nothing to link", () => assert.equal(over("https://a.example", "‹›"), null));
});

test("within a fence nothing is marked", () => {
  assert.deepEqual(["a ```b", "```b``` a", "```\na", "```\na\n```\n"].map((text) => isInFence(text, text.length)), [false, false, true, false]);
});
