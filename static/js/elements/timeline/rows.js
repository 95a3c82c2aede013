// The rows of a timeline, one for each message of the model, with days and runs between them.
import { keepFocus } from "elements/common/focus.js";
import { make } from "elements/common/make.js";
import { arrange, nextMessage } from "elements/timeline/arrange.js";
import { drawDay } from "elements/timeline/day-line.js";
import { drawRow, redrawRow } from "elements/timeline/message/row.js";
import { gettext } from "language/gettext.js";

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

  withSeq(seq) {
    return this.#list.querySelector(`:scope > [data-seq="${seq}"]`);
  }

  get unreadLine() {
    return this.#list.querySelector(":scope > .unread-line");
  }

  // The rows that the server drew become those of the messages, which are to be shown next.
  adopt(messages) {
    for (const message of messages) {
      const row = message.id && this.withId(message.id);
      if (row) this.#byKey.set(message.key, row);
    }
  }

  // Exactly these, in this order; what stands already stays. `between()` puts whatever else belongs between them.
  show(messages, between = () => {}) {
    const rows = messages.map((message) => this.#drawn(message));
    const wanted = new Set(rows);
    for (const row of this.all) if (!wanted.has(row)) this.#forget(row);
    let standing = this.all[0] ?? null;
    for (const row of rows) {
      if (row === standing) standing = nextMessage(standing);
      else if (standing) leading(standing).before(row);
      else this.#list.append(row);
    }
    this.#dropLooseLine();
    between();
    for (const row of rows) arrange(row, drawDay);
    this.mendTabStop();
  }

  // The row, new or changed, to stand before the one with the key `before`, or last.
  // One whose place is not drawn yet comes with its page.
  put(message, before) {
    if (before && !this.#byKey.has(before) && !this.#byKey.has(message.key)) return null;
    const row = this.#drawn(message);
    this.#stand(row, before ? this.#byKey.get(before) : null);
    return row;
  }

  drop({ key }) {
    const row = this.#byKey.get(key);
    if (!row) return;
    const next = nextMessage(row);
    keepFocus(() => this.#forget(row), () => (next ?? this.last)?.firstElementChild);
    arrange(next, drawDay);
  }

  drawUnreadLine(row) {
    this.unreadLine?.remove();
    row.before(make("li", "unread-line", gettext("New")));
    arrange(row, drawDay);
  }

  // Exactly one row can be reached by Tab: the last, until another is chosen.
  mendTabStop() {
    if (this.#list.querySelector("article[tabindex='0']")) return;
    this.last?.firstElementChild.setAttribute("tabindex", "0");
  }

  #drawn(message) {
    const row = this.#byKey.get(message.key);
    if (!row) return this.#draw(message);
    if (row.message !== message) redrawRow(row, this.#pattern, message, this.#reader);
    return row;
  }

  #draw(message) {
    const row = drawRow(this.#pattern, message, this.#reader);
    this.#byKey.set(message.key, row);
    return row;
  }

  #forget(row) {
    if (row.message) this.#byKey.delete(row.message.key);
    row.remove();
  }

  // The "New" line goes with its row.
  #dropLooseLine() {
    const line = this.unreadLine;
    if (line && !line.nextElementSibling?.matches(".message")) line.remove();
  }

  #stand(row, next) {
    if (row.isConnected && nextMessage(row) === (next ?? null)) return arrange(row, drawDay);
    if (next === undefined) return; // what follows is not drawn yet
    const left = row.isConnected ? nextMessage(row) : null;
    if (next) leading(next).before(row);
    else this.#list.append(row);
    for (const moved of [left, row, nextMessage(row)]) arrange(moved, drawDay);
  }
}

// A row with the separators that belong to it.
function leading(row) {
  let first = row;
  while (first.previousElementSibling && !first.previousElementSibling.matches(".message")) first = first.previousElementSibling;
  return first;
}
