// Whether a moment is within a person's quiet hours, in their own time zone.
//
// `quiet`: {from: "22:00", until: "07:00", days: "01234" (Monday is 0), zone} or null. Hours that go past midnight belong to
// the day on which they begin.
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

export function isQuiet(quiet, now = new Date()) {
  if (!quiet) return false;
  const { day, clock } = there(quiet.zone, now);
  const isOn = (which) => quiet.days.includes(String(which));
  if (quiet.from < quiet.until) return quiet.from <= clock && clock < quiet.until && isOn(day);
  return (clock < quiet.until && isOn((day + 6) % 7)) || (clock >= quiet.from && isOn(day));
}

function there(timeZone, now) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return { day: DAYS.indexOf(parts.weekday), clock: `${parts.hour}:${parts.minute}` };
}
