// When something is to happen later: the times people mean, in the reader's own zone.
import { clockOf } from "language/clock.js";
import { gettext } from "language/gettext.js";

const MINUTE = 60_000;
const MORNING = 9; // o'clock
const EVENING = 18;

// [{words, at}], without what is over or too near already.
export function timesToChoose(now = new Date()) {
  const evening = onDay(now, 0, EVENING);
  const choices = [
    { words: gettext("In 20 minutes"), at: new Date(now.getTime() + 20 * MINUTE) },
    { words: gettext("In an hour"), at: new Date(now.getTime() + 60 * MINUTE) },
    { words: gettext("This evening"), at: evening },
    { words: gettext("Tomorrow morning"), at: onDay(now, 1, MORNING) },
    { words: gettext("Next Monday"), at: onDay(now, (8 - now.getDay()) % 7 || 7, MORNING) },
  ];
  return choices.filter(({ at }) => at !== evening || at - now > 30 * MINUTE);
}

// As a field of kind datetime-local has it.
export function asField(date) {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * MINUTE);
  return local.toISOString().slice(0, 16);
}

// "9:00 for you, 15:00 for Bob"; nothing where it is the same hour for both.
export function hereAndThere(date, { name, zone }) {
  const theirs = hourThere(date, zone);
  return theirs && gettext("{mine} for you, {theirs} for {name}", { mine: clockOf().format(date), theirs, name });
}

// "15:00 for Bob"; nothing where it is the same hour for both.
export function there(date, { name, zone }) {
  const theirs = hourThere(date, zone);
  return theirs && gettext("{theirs} for {name}", { theirs, name });
}

function hourThere(date, zone) {
  try {
    const theirs = clockOf(zone).format(date);
    return theirs === clockOf().format(date) ? "" : theirs;
  } catch {
    return ""; // a zone that this browser does not know
  }
}

function onDay(now, days, hour) {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
}
