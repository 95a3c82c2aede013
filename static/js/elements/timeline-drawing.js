// Draws what the model tells, all that came within one frame at once, so that the reader's place moves once.
//
//   says "arrived" (detail: row) for a message that is new at the end;  "drawn"
export class TimelineDrawing extends EventTarget {
  #rows;
  #keeper;
  #log;
  #changes = [];
  #isDue = false;

  constructor(model, { rows, keeper, log }) {
    super();
    this.#rows = rows;
    this.#keeper = keeper;
    this.#log = log;
    model.addEventListener("put", ({ detail }) => this.#later(() => this.#put(detail)));
    model.addEventListener("drop", ({ detail }) => this.#later(() => rows.drop(detail.entry)));
    model.addEventListener("page", ({ detail }) => this.#now(() => rows.addPage(detail.entries, detail.place)));
    model.addEventListener("reset", () => this.#now(() => rows.replace(model.entries)));
  }

  #put({ entry, before }) {
    const isNew = !this.#rows.row(entry.key);
    const row = this.#rows.put(entry, before);
    if (isNew) this.dispatchEvent(new CustomEvent("arrived", { detail: row }));
  }

  // A hidden page has no frames.
  #later(change) {
    this.#changes.push(change);
    if (this.#isDue) return;
    this.#isDue = true;
    if (document.visibilityState === "visible") requestAnimationFrame(() => this.#draw());
    else setTimeout(() => this.#draw());
  }

  // A page is not news: it is not read aloud.
  #now(change) {
    this.#draw();
    this.#log.setAttribute("aria-busy", "true");
    this.#keeper.keep(change);
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
