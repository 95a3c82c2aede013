// Where more could be loaded: before the first row, after the last, and in the holes between pages that do not meet. When
// one of these comes near, or is pressed, what lies next to it is wanted.
import { make, makeButton } from "elements/common/make.js";
import { gettext, ngettext } from "language/gettext.js";

const AHEAD = "600px";
const TRY_AGAIN = gettext("Could not load more. Try again");

export class TimelineEdges {
  #scroller;
  #log;
  #list;
  #want;
  #observer;
  #ends = {}; // by side: the element there
  #holes = new Map(); // by the place after which it begins: its element

  // `want({before: seq} or {after: seq})` resolves when that is there; without a seq: of the first or last row.
  constructor(scroller, { log, list, want }) {
    this.#scroller = scroller;
    this.#log = log;
    this.#list = list;
    this.#want = want;
    this.#observer = new IntersectionObserver((seen) => this.#seen(seen), { root: scroller, rootMargin: AHEAD });
  }

  // `rowAt(seq)` is the row below a hole.
  draw({ moreBefore, moreAfter, holes }, rowAt) {
    this.#scroller.querySelector(".timeline-start").hidden = moreBefore;
    this.#drawEnd("before", moreBefore);
    this.#drawEnd("after", moreAfter);
    const begins = new Set(holes.map(({ after }) => after));
    for (const [after, hole] of this.#holes) if (!begins.has(after)) this.#close(hole, () => this.#holes.delete(after));
    for (const { after, before } of holes) this.#drawHole(after, before, rowAt(before));
  }

  stop() {
    this.#observer.disconnect();
  }

  #drawEnd(side, isOpen) {
    if (!isOpen && this.#ends[side]) this.#close(this.#ends[side], () => delete this.#ends[side]);
    if (!isOpen || this.#ends[side]) return;
    const end = this.#scroller.querySelector(`[data-edge="${side}"]`) ?? make("p", "timeline-more");
    end.dataset.edge = side;
    if (side === "before") this.#log.before(end);
    else this.#log.after(end);
    this.#ends[side] = end;
    this.#observer.observe(end);
  }

  #drawHole(after, before, row) {
    const hole = this.#holes.get(after) ?? this.#dig(after);
    hole.before = before;
    hole.button.textContent = ngettext("Load what is between ({count})", "Load what is between ({count})", before - after - 1);
    const first = row.previousElementSibling?.matches(".day") ? row.previousElementSibling : row;
    if (hole.nextElementSibling !== first) first.before(hole);
  }

  #dig(after) {
    const button = makeButton("quiet small");
    const hole = Object.assign(make("li", "hole", button), { after, button });
    button.addEventListener("click", () => this.#fetch(hole));
    this.#holes.set(after, hole);
    this.#observer.observe(hole);
    return hole;
  }

  #close(element, forget) {
    this.#observer.unobserve(element);
    element.remove();
    forget();
  }

  async #seen(entries) {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting && !target.dataset.failed) await this.#fetch(target);
    }
  }

  async #fetch(place) {
    if (place.dataset.busy) return;
    const hadFocus = place.contains(document.activeElement);
    place.dataset.busy = "yes";
    delete place.dataset.failed;
    try {
      await this.#want(this.#wish(place));
      if (place.dataset.edge) place.textContent = "";
    } catch {
      this.#offerAgain(place);
    }
    delete place.dataset.busy;
    this.#observer.unobserve(place); // observed anew, it is looked at anew: it may still be near
    if (place.isConnected) this.#observer.observe(place);
    else if (hadFocus) this.#list.querySelector(".hole button, article[tabindex='0']")?.focus({ preventScroll: true });
  }

  // A hole is filled from the side from which the reader comes.
  #wish(place) {
    if (place.dataset.edge) return { [place.dataset.edge]: undefined };
    const { top, bottom } = this.#scroller.getBoundingClientRect();
    const isBelow = place.getBoundingClientRect().top > (top + bottom) / 2;
    return isBelow ? { after: place.after } : { before: place.before };
  }

  #offerAgain(place) {
    place.dataset.failed = "yes";
    const button = makeButton("link", TRY_AGAIN);
    button.addEventListener("click", () => this.#fetch(place));
    if (place.dataset.edge) place.replaceChildren(button);
    else place.button.textContent = TRY_AGAIN;
  }
}
