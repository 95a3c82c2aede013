// Puts a row into its day and run: a separator where a day begins, a face where someone begins to speak.
import { dayOf } from "elements/common/times.js";

const RUN_MS = 5 * 60_000; // the same person within five minutes is one run

// What stands before and after a place decides; so whoever moves a row arranges it and the one that follows.
export function arrange(row, drawDay) {
  if (!row) return;
  const previous = previousMessage(row);
  const newDay = !previous || dayOf(momentOf(row)) !== dayOf(momentOf(previous));
  separate(row, newDay, drawDay);
  row.toggleAttribute("data-starts-run", newDay || startsRun(row, previous));
}

export function nextMessage(row) {
  let next = row.nextElementSibling;
  while (next && !next.message) next = next.nextElementSibling;
  return next;
}

function previousMessage(row) {
  let previous = row.previousElementSibling;
  while (previous && !previous.message) previous = previous.previousElementSibling;
  return previous;
}

function startsRun(row, previous) {
  const [mine, last] = [row.message, previous.message];
  return mine.user_id !== last.user_id
    || (mine.kind === "system") !== (last.kind === "system")
    || momentOf(row) - momentOf(previous) >= RUN_MS
    || Boolean(mine.reply_to)
    || row.previousElementSibling !== previous;
}

// The "New" line stands between the separator and the row.
function separate(row, newDay, drawDay) {
  const first = row.previousElementSibling?.matches(".unread-line") ? row.previousElementSibling : row;
  const separator = first.previousElementSibling?.matches(".day") ? first.previousElementSibling : null;
  if (!newDay) return separator?.remove();
  if (separator && separator.of === dayOf(momentOf(row))) return;
  separator?.remove();
  first.before(drawDay(momentOf(row)));
}

function momentOf(row) {
  return new Date(row.message.timestamp);
}
