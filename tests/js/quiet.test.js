// Quiet hours in the browser: the same nights, days and clocks as on the server.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import "./bare-names.js";

const { isQuiet } = await import("messaging/quiet.js");

const NIGHT = { from: "22:00", until: "07:00", days: "0123456", zone: "UTC" };
const at = (moment) => new Date(`2026-11-${moment}Z`); // the 23rd is a Monday

describe("quiet hours", () => {
  for (const [clock, quiet] of [["21:59", false], ["22:00", true], ["00:00", true], ["06:59", true], ["07:00", false]]) {
    test(`past midnight, at ${clock}`, () => assert.equal(isQuiet(NIGHT, at(`24T${clock}`)), quiet));
  }

  test("within a day", () => {
    const noon = { ...NIGHT, from: "12:00", until: "13:00" };
    assert.deepEqual(["11:59", "12:00", "13:00"].map((clock) => isQuiet(noon, at(`24T${clock}`))), [false, true, false]);
  });

  test("a night belongs to the day on which it begins", () => {
    const fridays = { ...NIGHT, days: "4" };
    const quiet = ["27T23:00", "28T05:00", "27T05:00", "28T23:00"].map((moment) => isQuiet(fridays, at(moment)));
    assert.deepEqual(quiet, [true, true, false, false]);
  });

  test("by the clocks of the person, also when they change", () => {
    assert.ok(isQuiet({ ...NIGHT, zone: "Asia/Tokyo" }, at("24T14:00")));
    const berlin = { ...NIGHT, zone: "Europe/Berlin" };
    const before = isQuiet(berlin, new Date("2026-10-24T05:30Z"));
    const after = isQuiet(berlin, new Date("2026-10-25T05:30Z"));
    assert.deepEqual([before, after], [false, true]);
  });

  test("without any, nothing is quiet", () => assert.equal(isQuiet(null), false));
});
