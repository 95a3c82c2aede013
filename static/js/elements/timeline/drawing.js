// Draws what the model tells, all that came within one frame at once, so that the reader's place moves once.
//
//   says "arrived" (detail: row) for a message that is new at the end;  "drawn"
import { ngettext } from "language/gettext.js";

const LATEST_MS = 100; // a page that is not in sight has no frames
const HUSH_MS = 1_000; // readers aloud look a moment later at what has changed
const MOST_ALOUD = 4; // messages at once that are read out; of more only the number is told

export class TimelineDrawing extends EventTarget {
  #model;
  #rows;
  #edges;
  #keeper;
  #log;
  #news;
  #changes = [];
  #isDue = false;
  #hush = null;

  // `log` reads out what comes into it; `news` is where a number is said instead.
  constructor(model, { rows, edges, keeper, log, news }) {
    super();
    this.#model = model;
    this.#rows = rows;
    this.#edges = edges;
    this.#keeper = keeper;
    this.#log = log;
    this.#news = news;
    model.addEventListener("put", ({ detail }) => this.#later({ put: detail }));
    model.addEventListener("drop", ({ detail }) => this.#later({ drop: detail.message }));
    model.addEventListener("reset", () => this.all());
  }

  // All that the model has, after a page was added to it or shown by it. A page is not news: it is not read aloud.
  all() {
    this.#draw();
    this.#beSilent();
    this.#keeper.keep(() => this.#rows.show(this.#model.messages, () => this.#drawEdges()));
    this.dispatchEvent(new Event("drawn"));
  }

  #drawEdges() {
    this.#keeper.endIsHere = !this.#model.moreAfter;
    this.#edges.draw(this.#model, (seq) => this.#rows.withSeq(seq));
  }

  #later(change) {
    this.#changes.push(change);
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => this.#draw());
    setTimeout(() => this.#draw(), LATEST_MS);
  }

  #draw() {
    this.#isDue = false;
    const changes = this.#changes.splice(0);
    if (changes.length === 0) return;
    this.#tellTheNumber(changes);
    this.#keeper.keep(() => {
      for (const change of changes) this.#make(change);
      this.#rows.mendTabStop();
    });
    this.dispatchEvent(new Event("drawn"));
  }

  #make({ put, drop }) {
    if (drop) return this.#rows.drop(drop);
    const isNew = !this.#rows.row(put.message.key);
    const row = this.#rows.put(put.message, put.before);
    if (isNew && row) this.dispatchEvent(new CustomEvent("arrived", { detail: row }));
  }

  #tellTheNumber(changes) {
    const count = changes.filter(({ put }) => put && !this.#rows.row(put.message.key)).length;
    if (count <= MOST_ALOUD) return;
    this.#beSilent();
    this.#news.textContent = ngettext("{count} new message", "{count} new messages", count);
  }

  #beSilent() {
    this.#log.setAttribute("aria-live", "off");
    clearTimeout(this.#hush);
    this.#hush = setTimeout(() => this.#log.setAttribute("aria-live", "polite"), HUSH_MS);
  }
}
