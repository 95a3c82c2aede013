// The line at which a day begins; `of` says which.
import { make } from "elements/common/make.js";
import { dayOf } from "elements/common/times.js";

export function drawDay(date) {
  const time = make("time");
  const shown = make("local-time", "", time);
  const line = make("li", "day", shown);
  time.dateTime = date.toISOString();
  shown.dataset.as = "day";
  line.of = dayOf(date);
  return line;
}
