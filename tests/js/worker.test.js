import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { runInNewContext } from "node:vm";

const SOURCE = readFileSync(new URL("../../static/worker/files.js", import.meta.url), "utf8");
const OLD = "https://chat.example/static/x.js?v=1";
const NEW = "https://chat.example/static/x.js?v=2";

// The worker's own `file`, of version 1, which has kept OLD; `put` and `fetch` are as the day goes.
function worker({ put, fetch }) {
  const match = async ({ url }, { ignoreSearch } = {}) => (url === OLD || ignoreSearch ? new Response("old") : undefined);
  const caches = { open: async () => ({ match, put }) };
  return runInNewContext(`${SOURCE}; file`, { SHELL: { version: "1" }, caches, fetch, URL });
}

describe("what a page is made of", () => {
  const full = async () => { throw new DOMException("full", "QuotaExceededError"); };
  const comes = async () => new Response("new");

  test("comes new from the server, also when there is no room to keep it", async () => {
    const file = worker({ put: full, fetch: comes });
    assert.equal(await (await file({ url: NEW })).text(), "new");
  });

  test("is what was kept where there is no network", async () => {
    const file = worker({ put: full, fetch: async () => { throw new TypeError("no network"); } });
    assert.equal(await (await file({ url: NEW })).text(), "old");
  });
});

describe("a worker that has just come", () => {
  const isOnlyShell = (...kept) => runInNewContext(`${SOURCE}; isOnlyShell`, { SHELL: { version: "1" }, caches: { keys: async () => kept } });

  test("may begin at once where nothing of another version is kept", async () => {
    assert.equal(await isOnlyShell("shell-1", "pages-7")(), true);
  });

  test("waits for the pages of another version to go", async () => {
    assert.equal(await isOnlyShell("shell-0", "shell-1")(), false);
  });
});
