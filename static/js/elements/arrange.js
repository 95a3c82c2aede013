// Puts rows into days and runs: a separator where a day begins, a face where someone begins to speak.
import { dayOf } from "elements/times.js";

const RUN_MS = 5 * 60_000; // the same person within five minutes is one run

export function arrange(rows, drawDay) {
  for (const separator of rows.querySelectorAll(".day")) separator.remove();
  let previous = null;
  for (const row of rows.querySelectorAll(".message")) {
    const newDay = !previous || dayOf(momentOf(row)) !== dayOf(momentOf(previous));
    if (newDay) (lineBefore(row) ?? row).before(drawDay(momentOf(row)));
    row.toggleAttribute("data-starts-run", newDay || startsRun(row, previous));
    previous = row;
  }
}

function startsRun(row, previous) {
  const [mine, last] = [row.message, previous.message];
  return mine.user_id !== last.user_id
    || mine.kind !== last.kind
    || momentOf(row) - momentOf(previous) > RUN_MS
    || Boolean(mine.reply_to)
    || row.previousElementSibling !== previous;
}

function lineBefore(row) {
  const before = row.previousElementSibling;
  return before?.classList.contains("unread-line") ? before : null;
}

function momentOf(row) {
  return new Date(row.message.timestamp);
}
