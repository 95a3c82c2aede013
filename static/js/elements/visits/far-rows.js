// Of a timeline that takes the place of another page, only the rows around where it opens are drawn at once: who waits, waits
// for what they see. The rest follows a moment later.
import { firstBelow } from "elements/timeline/sight.js";
import { placeKept } from "elements/timeline/ways/places-kept.js";

const ROW_PX = 40; // most are higher; where they are not, the rest is drawn at once

// Before the page is shown, and once its address is.
export function setFarRowsAside(main) {
  const rows = [...main.querySelectorAll("chat-timeline .message")];
  const opening = rows.indexOf(opensAt(main));
  const [near, last] = [Math.ceil(innerHeight / ROW_PX), opening < 0 ? rows.length - 1 : opening];
  for (const row of [...rows.slice(0, Math.max(0, last - near)), ...rows.slice(last + near + 1)]) row.dataset.far = "";
}

// Once it stands where it opens: if more is in sight than was thought.
export function drawFarRowsInSight(main) {
  if (!main.querySelector("[data-far]")) return;
  const rows = main.querySelector(".messages > ol").children;
  const { top, bottom } = main.querySelector(".timeline-scroll").getBoundingClientRect();
  if ([top, bottom].some((edge) => firstBelow(rows, edge)?.matches("[data-far]"))) drawFarRows(main);
}

export function drawFarRows(main) {
  const far = main.querySelectorAll("[data-far]");
  if (far.length === 0 || !main.isConnected) return;
  main.querySelector("chat-timeline").keep(() => far.forEach((row) => delete row.dataset.far));
}

// The row that elements/timeline/ways/walks.js leads to; nothing for the end.
function opensAt(main) {
  const seq = placeKept()?.seq ?? new URLSearchParams(location.search).get("around");
  if (seq) return main.querySelector(`.message[data-seq="${Number(seq)}"]`);
  return main.querySelector(".unread-line + .message");
}
