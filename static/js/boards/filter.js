// The filter of a board's cards, from the page's query string. boards/filters.py filters by the same rules.
//
//   filter  {words, who: an id, label: an id, due: "late", "week" or "none"}, each "" where it filters nothing
//   card    {title, people: ids, labels: ids, due: "2031-05-04" or "", isDone: whether its column is for done cards}

import { isPast } from "boards/order.js";

export const NAMES = ["words", "who", "label", "due"];

export function isOn(filter) {
  return NAMES.some((name) => filter[name]);
}

export function fits({ title, people, labels, due, isDone }, filter, now = new Date()) {
  const written = title.toLowerCase();
  return words(filter).every((word) => written.includes(word))
    && (!filter.who || people.includes(Number(filter.who)))
    && (!filter.label || labels.includes(Number(filter.label)))
    && (!filter.due || isDue(filter.due, { due, isDone }, now));
}

// The query string of a filter, such as "?who=3&due=late", or "".
export function inAddress(filter) {
  const said = new URLSearchParams(NAMES.filter((name) => filter[name]).map((name) => [name, filter[name]]));
  return said.size > 0 ? `?${said}` : "";
}

function words({ words: text }) {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function isDue(wanted, { due, isDone }, now) {
  if (wanted === "none" || !due) return wanted === "none" && !due;
  if (wanted === "late") return isPast(due, now) && !isDone;
  const [monday, next] = [0, 7].map((days) => new Date(now.getFullYear(), now.getMonth(), now.getDate() - ((now.getDay() + 6) % 7) + days));
  const day = new Date(`${due}T00:00`);
  return monday <= day && day < next;
}
