// Where a card belongs among others, its position in words, and whether its due date has passed.

import { gettext } from "language/gettext.js";

// The index at which this rank belongs in a sorted list of ranks.
export function indexFor(rank, ranks) {
  const index = ranks.findIndex((other) => other > rank);
  return index < 0 ? ranks.length : index;
}

// The position of a card in words, for screen readers.
export function placeInWords({ column, position, count }) {
  return gettext("position {position} of {count} in {column}", { position, count, column });
}

// Whether a due date, such as "2031-05-04", is before the day of `now` in the reader's time zone.
export function isPast(due, now = new Date()) {
  const [year, month, day] = due.split("-").map(Number);
  return new Date(year, month - 1, day + 1) <= now;
}
