import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { settled } from "./cast.js";

// As much of a document as rows and what is read aloud are made of.
function element() {
  const parts = new Map();
  return {
    dataset: {}, children: [], isConnected: true,
    querySelector: (which) => parts.get(which) ?? parts.set(which, element()).get(which),
    append(...added) { this.children.push(...added); },
    cloneNode: element, setAttribute() {}, addEventListener() {}, remove() {}, matches: () => false,
  };
}

let requests;

class AnsweredByNobody {
  upload = {};
  constructor() { requests.push(this); }
  open() {}
  setRequestHeader() {}
  send() { setImmediate(() => this.onerror()); }
  abort() {}
}

globalThis.document = { documentElement: { lang: "en" }, querySelector: () => element(), querySelectorAll: () => [], createElement: element };
globalThis.XMLHttpRequest = AnsweredByNobody;

const { FileTray } = await import("elements/composer/file-tray.js");

describe("files that cannot be brought", () => {
  beforeEach(() => {
    requests = [];
    mock.timers.enable({ apis: ["setTimeout"] });
    let last = 0;
    mock.method(Math, "random", () => [0.2, 0.5, 0.8][(last += 1) % 3]);
  });

  afterEach(() => mock.reset());

  async function secondsPass(seconds) {
    for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
      mock.timers.tick(100);
      await settled();
    }
  }

  test("are tried again at their own pace, however many there are", async () => {
    const tray = new FileTray("/files/");
    tray.show(element(), { content: { firstElementChild: element() } });
    tray.add(["a", "b", "c"].map((name) => new File([name], `${name}.txt`)));
    await settled();
    assert.equal(requests.length, 3);
    await secondsPass(30);
    assert.ok(requests.length > 3 * 5 && requests.length < 3 * 20, `${requests.length} requests`); // each about every 2.5 s in the end
  });
});
