// Keeps a reader's place: at the end if they were there, else the row they were looking at, whatever is added around it.
const NEAR_END_PX = 48;

export class ScrollKeeper extends EventTarget {
  #scroller;
  #rows; // the element whose children are the rows, and what stands between them
  #atEnd = true;
  #resizes = new ResizeObserver(() => this.#atEnd && this.toEnd());

  constructor(scroller, rows) {
    super();
    this.#scroller = scroller;
    this.#rows = rows;
    this.#resizes.observe(scroller);
    this.#resizes.observe(rows);
    scroller.addEventListener("scroll", () => this.#moved(), { passive: true });
  }

  get atEnd() {
    return this.#atEnd;
  }

  toEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#moved();
  }

  show(row, { block = "center" } = {}) {
    this.#atEnd = false;
    row.scrollIntoView({ block });
    this.#moved();
  }

  // Let `change` alter the rows; afterwards the reader sees what they saw.
  keep(change) {
    const anchor = this.#atEnd ? null : this.#anchor();
    const top = anchor?.getBoundingClientRect().top;
    change();
    if (this.#atEnd) this.toEnd();
    else if (anchor?.isConnected) this.#scroller.scrollTop += anchor.getBoundingClientRect().top - top;
  }

  stop() {
    this.#resizes.disconnect();
  }

  #anchor() {
    const edge = this.#scroller.getBoundingClientRect().top;
    return [...this.#rows.children].find((row) => row.message && row.getBoundingClientRect().bottom > edge);
  }

  #moved() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    this.#atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    this.dispatchEvent(new Event("moved"));
  }
}
