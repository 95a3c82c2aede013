// The two ends of what is loaded; when one comes near, more is wanted there.
import { make, makeButton } from "elements/make.js";

const AHEAD = "600px";

export class TimelineEdges {
  #scroller;
  #rows;
  #want;
  #edges = {};
  #observer;

  // `want(end)`: end is "before" or "after"; resolves when what was wanted is there.
  constructor(scroller, rows, want) {
    this.#scroller = scroller;
    this.#rows = rows;
    this.#want = want;
    this.#observer = new IntersectionObserver((seen) => this.#seen(seen), { root: scroller, rootMargin: AHEAD });
  }

  open(end, isMore) {
    if (isMore) this.#edges[end] ??= this.#draw(end);
    else this.#close(end);
  }

  stop() {
    this.#observer.disconnect();
  }

  #draw(end) {
    const edge = this.#scroller.querySelector(`[data-edge="${end}"]`) ?? make("p", "timeline-more");
    edge.dataset.edge = end;
    if (end === "before") this.#rows.before(edge);
    else this.#rows.after(edge);
    this.#observer.observe(edge);
    return edge;
  }

  #close(end) {
    this.#edges[end]?.remove();
    delete this.#edges[end];
  }

  async #seen(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting || target.dataset.busy) continue;
      target.dataset.busy = "yes";
      await this.#fetch(target);
      delete target.dataset.busy;
      this.#observer.unobserve(target); // observed anew, it is looked at anew: it may still be near
      if (target.isConnected) this.#observer.observe(target);
    }
  }

  async #fetch(edge) {
    try {
      await this.#want(edge.dataset.edge);
      edge.textContent = "";
    } catch {
      this.#offerAgain(edge);
    }
  }

  #offerAgain(edge) {
    const button = makeButton("link", "Could not load more. Try again");
    button.addEventListener("click", () => this.#fetch(edge));
    edge.replaceChildren(button);
  }
}
