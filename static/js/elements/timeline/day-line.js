// The line at which a day begins; `of` says which.
import { dayOf } from "elements/times.js";

export function drawDay(date) {
  const line = document.createElement("li");
  const shown = document.createElement("local-time");
  const time = document.createElement("time");
  line.className = "day";
  shown.dataset.as = "day";
  time.dateTime = date.toISOString();
  shown.append(time);
  line.append(shown);
  line.of = dayOf(date);
  return line;
}
