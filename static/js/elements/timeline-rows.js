// The rows of a timeline in the order of the conversation; those still on their way stand at the end.
import { arrange } from "elements/arrange.js";
import { drawRow, redrawRow } from "elements/message-row.js";

export const MOST_ROWS = 400; // more than this and the far end is let go

export class TimelineRows {
  #list;
  #pattern;
  #reader;

  constructor(list, { pattern, reader }) {
    this.#list = list;
    this.#pattern = pattern;
    this.#reader = reader;
  }

  get all() {
    return [...this.#list.querySelectorAll(":scope > .message")];
  }

  get firstSeq() {
    return this.all.find(({ message }) => message.seq)?.message.seq ?? null;
  }

  get lastSeq() {
    return this.all.findLast(({ message }) => message.seq)?.message.seq ?? 0;
  }

  // The rows that the server drew become ours.
  adopt(messages) {
    for (const message of messages) {
      const row = this.#list.querySelector(`#message-${message.id}`);
      if (row) redrawRow(row, this.#pattern, message, this.#reader);
    }
    this.tidy();
  }

  find({ id, client_id: clientId }) {
    return (id && this.#list.querySelector(`#message-${id}`))
      || (clientId && this.#list.querySelector(`[data-client="${CSS.escape(clientId)}"]`))
      || null;
  }

  // Whether the row is new.
  put(message) {
    const row = this.find(message);
    if (row) redrawRow(row, this.#pattern, { ...row.message, ...message }, this.#reader);
    const placed = row ?? drawRow(this.#pattern, message, this.#reader);
    if (!row || !this.#standsWell(placed)) this.#place(placed);
    return !row;
  }

  remove(message) {
    this.find(message)?.remove();
  }

  clear() {
    this.#list.replaceChildren();
  }

  tidy() {
    arrange(this.#list, drawDay);
    const rows = this.all;
    if (!rows.some((row) => row.firstElementChild.tabIndex === 0)) rows.at(-1)?.firstElementChild.setAttribute("tabindex", "0");
  }

  // Lets go of rows at one end; whether there were any.
  trim(end) {
    const rows = this.all.filter(({ message }) => message.seq);
    const extra = rows.length - MOST_ROWS;
    if (extra <= 0) return false;
    for (const row of end === "before" ? rows.slice(0, extra) : rows.slice(-extra)) row.remove();
    return true;
  }

  drawUnreadLine(row) {
    this.#list.querySelector(".unread-line")?.remove();
    const line = document.createElement("li");
    line.className = "unread-line";
    line.textContent = "New";
    row?.before(line);
  }

  #standsWell(row) {
    const at = orderOf(row);
    return !(orderOf(neighbour(row, "previousElementSibling")) > at || orderOf(neighbour(row, "nextElementSibling")) < at);
  }

  #place(row) {
    const at = orderOf(row);
    const before = this.all.findLast((other) => other !== row && orderOf(other) <= at);
    if (before) before.after(row);
    else this.#list.prepend(row);
  }
}

function neighbour(row, direction) {
  let other = row[direction];
  while (other && !other.message) other = other[direction];
  return other;
}

function orderOf(row) {
  return row?.message ? row.message.seq ?? Infinity : NaN;
}

function drawDay(date) {
  const separator = document.createElement("li");
  separator.className = "day";
  const shown = document.createElement("local-time");
  shown.dataset.as = "day";
  const time = document.createElement("time");
  time.dateTime = date.toISOString();
  shown.append(time);
  separator.append(shown);
  return separator;
}
