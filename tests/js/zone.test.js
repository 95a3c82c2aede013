import assert from "node:assert/strict";
import { test } from "node:test";
import "./bare-names.js";

const { zoneCookie } = await import("elements/told/zone.js");

test("the server is told by what clock this browser goes", () => {
  assert.equal(zoneCookie("America/Los_Angeles", { protocol: "http:" }), "zone=America/Los_Angeles; Path=/; Max-Age=31536000; SameSite=Lax");
});

test("behind TLS it is told there alone", () => {
  assert.match(zoneCookie("Asia/Tokyo", { protocol: "https:" }), /^zone=Asia\/Tokyo; .*; Secure$/);
});

test("a browser that does not know its zone tells none", () => {
  assert.match(zoneCookie(undefined, { protocol: "http:" }), /^zone=; /);
});
