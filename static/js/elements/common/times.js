// Times as people say them, in the reader's language and zone.
import { clockOf, exactClock } from "language/clock.js";
import { gettext, locale } from "language/gettext.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clockFormat = clockOf();
const dayFormat = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const yearFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });
const shortFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });

export const clock = (date) => clockFormat.format(date);
export const exact = (date) => exactClock.format(date);

// Midnight of the reader's day, as a number that equals for all moments of that day.
export function dayOf(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

export function day(date, now = new Date()) {
  const days = Math.round((dayOf(now) - dayOf(date)) / DAY);
  if (days === 0) return gettext("Today");
  if (days === 1) return gettext("Yesterday");
  return (days < 300 ? dayFormat : yearFormat).format(date);
}

export function ago(date, now = new Date()) {
  const passed = now - date;
  if (passed < MINUTE) return gettext("now");
  if (passed < HOUR) return gettext("{count} min", { count: Math.floor(passed / MINUTE) });
  const days = Math.round((dayOf(now) - dayOf(date)) / DAY);
  if (days === 0) return clock(date);
  if (days === 1) return gettext("yesterday {time}", { time: clock(date) });
  return (days < 300 ? shortFormat : yearFormat).format(date);
}

// The same in a sentence: "seen 8 min ago", "seen at 9:00", "seen yesterday 9:00".
export function since(date, now = new Date()) {
  if (now - date < MINUTE) return gettext("just now");
  if (now - date < HOUR) return gettext("{when} ago", { when: ago(date, now) });
  return dayOf(date) === dayOf(now) ? gettext("at {time}", { time: clock(date) }) : ago(date, now);
}

// A time ahead or behind, as one speaks of it: "today 9:00", "tomorrow 9:00", "Monday, 24 November 9:00".
export function moment(date, now = new Date()) {
  const days = Math.round((dayOf(date) - dayOf(now)) / DAY);
  const time = clock(date);
  if (days === -1) return gettext("yesterday {time}", { time });
  if (days === 0) return gettext("today {time}", { time });
  if (days === 1) return gettext("tomorrow {time}", { time });
  return `${(Math.abs(days) < 300 ? dayFormat : yearFormat).format(date)} ${time}`;
}
