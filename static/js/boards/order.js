// Where a card belongs among others, and how its place is said.

import { gettext } from "language/gettext.js";

// The index at which something of this rank goes into a list of ranks already in order.
export function indexFor(rank, ranks) {
  const index = ranks.findIndex((other) => other > rank);
  return index < 0 ? ranks.length : index;
}

// { title, column, position, count } as a person would say it.
export function placeInWords({ column, position, count }) {
  return gettext("position {position} of {count} in {column}", { position, count, column });
}

// Whether a due date, "2031-05-04", lies before the day that `now` is where the reader is.
export function isPast(due, now = new Date()) {
  const [year, month, day] = due.split("-").map(Number);
  return new Date(year, month - 1, day + 1) <= now;
}
