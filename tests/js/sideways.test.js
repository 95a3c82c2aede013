import assert from "node:assert/strict";
import { test } from "node:test";
import "./bare-names.js";

const { sideways } = await import("elements/common/sideways.js");
const running = (way) => ({ matches: (selector) => selector === `:dir(${way})` });
const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "Home"];

test("from left to right keys are as they are", () => {
  assert.deepEqual(KEYS.map((key) => sideways(key, running("ltr"))), KEYS);
});

test("from right to left the arrows to the sides change places, and no other key", () => {
  assert.deepEqual(KEYS.map((key) => sideways(key, running("rtl"))), ["ArrowRight", "ArrowLeft", "ArrowUp", "Home"]);
});
