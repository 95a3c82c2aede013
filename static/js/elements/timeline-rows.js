// The rows of a timeline, one for each entry of the model, with days and runs between them.
import { arrange, nextMessage } from "elements/arrange.js";
import { drawDay } from "elements/day-line.js";
import { drawRow, redrawRow } from "elements/message-row.js";

export class TimelineRows {
  #list;
  #pattern;
  #reader;
  #byKey = new Map();

  constructor(list, { pattern, reader }) {
    this.#list = list;
    this.#pattern = pattern;
    this.#reader = reader;
  }

  get all() {
    return [...this.#list.querySelectorAll(":scope > .message")];
  }

  get last() {
    return this.#list.querySelector(":scope > .message:last-of-type");
  }

  row(key) {
    return this.#byKey.get(key);
  }

  withId(id) {
    return this.#list.querySelector(`#message-${id}`);
  }

  // The rows that the server drew become those of the entries.
  adopt(entries) {
    for (const row of this.all) row.drawn = true;
    for (const entry of entries) {
      const row = (entry.message.id && this.withId(entry.message.id)) || null;
      if (row) this.#keep(row, entry);
      else this.put(entry, null);
    }
    for (const row of this.all) if (!row.entry) row.remove();
    this.#arrangeAll();
  }

  // The row, new or changed, to stand before the one with the key `before`, or last.
  put(entry, before) {
    const row = this.#byKey.get(entry.key) ?? this.withId(entry.message.id ?? 0) ?? drawRow(this.#pattern, entry, this.#reader);
    this.#keep(row, entry);
    this.#stand(row, before ? this.#byKey.get(before) : null);
    return row;
  }

  drop(entry) {
    const row = this.#byKey.get(entry.key);
    if (!row || row.entry !== entry) return;
    const next = nextMessage(row);
    this.#byKey.delete(entry.key);
    row.remove();
    arrange(next, drawDay);
  }

  addPage(entries, place) {
    const first = this.all[0];
    const after = place === "after" ? this.all.findLast(({ entry }) => entry.message.seq) : null;
    const rows = entries.map((entry) => this.#draw(entry));
    if (after) after.after(...rows);
    else if (first) leading(first).before(...rows);
    else this.#list.append(...rows);
    this.#arrangeAll();
  }

  replace(entries) {
    this.#byKey.clear();
    this.#list.replaceChildren(...entries.map((entry) => this.#draw(entry)));
    this.#arrangeAll();
  }

  drawUnreadLine(row) {
    this.#list.querySelector(".unread-line")?.remove();
    const line = document.createElement("li");
    line.className = "unread-line";
    line.textContent = "New";
    row.before(line);
    arrange(row, drawDay);
  }

  // Exactly one row can be reached by Tab: the last, until another is chosen.
  mendTabStop() {
    if (this.#list.querySelector("article[tabindex='0']")) return;
    this.last?.firstElementChild.setAttribute("tabindex", "0");
  }

  #draw(entry) {
    const row = drawRow(this.#pattern, entry, this.#reader);
    this.#byKey.set(entry.key, row);
    return row;
  }

  #keep(row, entry) {
    if (row.entry && row.entry.key !== entry.key) this.#byKey.delete(row.entry.key);
    this.#byKey.set(entry.key, row);
    redrawRow(row, this.#pattern, entry, this.#reader);
  }

  #stand(row, next) {
    if (row.isConnected && nextMessage(row) === (next ?? null)) return arrange(row, drawDay);
    const left = row.isConnected ? nextMessage(row) : null;
    if (next) leading(next).before(row);
    else this.#list.append(row);
    for (const moved of [left, row, nextMessage(row)]) arrange(moved, drawDay);
  }

  #arrangeAll() {
    for (const row of this.all) arrange(row, drawDay);
    this.mendTabStop();
  }
}

// A row with the separators that belong to it.
function leading(row) {
  let first = row;
  while (first.previousElementSibling && !first.previousElementSibling.matches(".message")) first = first.previousElementSibling;
  return first;
}
