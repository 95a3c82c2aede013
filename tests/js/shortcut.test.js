// The key that shortcuts are held with: ⌘ on Apple's devices, Ctrl on others, and never both.

import "./bare-names.js";
import assert from "node:assert/strict";
import { test } from "node:test";

const DEVICES = {
  mac: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
  phone: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
  windows: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
  linux: "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
};
const HELD = [{ ctrlKey: true }, { metaKey: true }, { ctrlKey: true, metaKey: true }, {}];

async function on(device) {
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: DEVICES[device] }, configurable: true });
  return import(`../../static/js/elements/keys/shortcut.js?${device}`);
}

for (const [device, isApple] of Object.entries({ mac: true, phone: true, windows: false, linux: false })) {
  test(`it is ${isApple ? "⌘" : "Ctrl"} on ${device}`, async () => {
    const { IS_APPLE, isShortcut } = await on(device);
    assert.equal(IS_APPLE, isApple);
    assert.deepEqual(HELD.map((held) => isShortcut({ ctrlKey: false, metaKey: false, ...held })), [!isApple, isApple, false, false]);
  });
}
