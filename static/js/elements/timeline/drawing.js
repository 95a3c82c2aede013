// Draws what the model tells, all that came within one frame at once, so that the reader's place moves once.
//
//   says "arrived" (detail: row) for a message that is new at the end;  "drawn"
const LATEST_MS = 100; // a page that is not in sight has no frames

export class TimelineDrawing extends EventTarget {
  #model;
  #rows;
  #keeper;
  #log;
  #changes = [];
  #isDue = false;

  constructor(model, { rows, keeper, log }) {
    super();
    this.#model = model;
    this.#rows = rows;
    this.#keeper = keeper;
    this.#log = log;
    model.addEventListener("put", ({ detail }) => this.#later(() => this.#put(detail)));
    model.addEventListener("drop", ({ detail }) => this.#later(() => rows.drop(detail.message)));
    model.addEventListener("reset", () => this.all());
  }

  #put({ message, before }) {
    const isNew = !this.#rows.row(message.key);
    const row = this.#rows.put(message, before);
    if (isNew && row) this.dispatchEvent(new CustomEvent("arrived", { detail: row }));
  }

  #later(change) {
    this.#changes.push(change);
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => this.#draw());
    setTimeout(() => this.#draw(), LATEST_MS);
  }

  // All that the model has, after a page was added to it or shown by it. A page is not news: it is not read aloud.
  all() {
    this.#draw();
    this.#log.setAttribute("aria-busy", "true");
    this.#keeper.keep(() => this.#rows.show(this.#model.messages));
    this.#log.removeAttribute("aria-busy");
    this.dispatchEvent(new Event("drawn"));
  }

  #draw() {
    this.#isDue = false;
    const changes = this.#changes.splice(0);
    if (changes.length === 0) return;
    this.#keeper.keep(() => {
      for (const change of changes) change();
      this.#rows.mendTabStop();
    });
    this.dispatchEvent(new Event("drawn"));
  }
}
