// Keeps a reader's place, whatever comes, goes or changes its size around it: at the end if they were there, else the row
// at the top of what they see, to the pixel. Only the reader and show() move it.
//
//   endIsHere   whether the last row is the last there is; while it is not, there is no end to stay at
//   unseen      a row which following the end may not push out of sight; or null
//   says "moved"
import { firstBelow } from "elements/timeline/sight.js";

const NEAR_END_PX = 48; // for who comes down
const AT_END_PX = 8; // for who goes up: the first small step of a long way must not be taken back
const SAME_PX = 1; // the browser rounds where it scrolls to
const SPARE_ROWS = 8; // below the first in sight: any of them may go

export class ScrollKeeper extends EventTarget {
  #scroller;
  #rows; // the element whose children are the rows, and what stands between them
  #anchors = []; // [{row, top}]: where rows in sight stand, from the top of what is seen
  #isFollowing = true;
  #put = null; // where we scrolled to ourselves
  #resizes = new ResizeObserver(() => this.#restore());

  endIsHere = true;
  unseen = null;

  constructor(scroller, rows) {
    super();
    this.#scroller = scroller;
    this.#rows = rows;
    scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#resizes.observe(scroller);
    this.#resizes.observe(rows);
  }

  get atEnd() {
    return this.#isFollowing && this.endIsHere;
  }

  // {seq, top} of the first message in sight, to come back to; null at the end.
  get place() {
    const anchor = this.#anchors.find(({ row }) => row.message?.seq);
    return this.atEnd || !anchor ? null : { seq: anchor.row.message.seq, top: anchor.top };
  }

  toEnd() {
    this.#isFollowing = true;
    this.#scrollTo(this.#scroller.scrollHeight);
    this.#settle();
  }

  // A row into the middle of what is seen, or its beginning if it is a large one; or `top` pixels below the upper edge.
  show(row, { top } = {}) {
    const { clientHeight } = this.#scroller;
    const middle = Math.max(8, (clientHeight - row.offsetHeight) / 2);
    this.#scrollTo(this.#scroller.scrollTop + this.#topOf(row) - (top ?? middle));
    this.#isFollowing = this.#isNearEnd();
    this.#settle();
  }

  // Let `change` alter the rows; afterwards the reader sees what they saw.
  keep(change) {
    change();
    this.#restore();
  }

  stop() {
    this.#resizes.disconnect();
  }

  #restore() {
    if (this.atEnd) this.#follow();
    else this.#holdOn();
    this.#settle();
  }

  #follow() {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const end = scrollHeight - clientHeight;
    const limit = this.unseen?.isConnected ? scrollTop + this.#topOf(this.unseen) : end;
    this.#scrollTo(Math.max(Math.min(end, limit), Math.min(scrollTop, end)));
    this.#isFollowing = this.#isNearEnd();
  }

  #holdOn() {
    const anchor = this.#anchors.find(({ row }) => row.isConnected);
    if (anchor) this.#scrollTo(this.#scroller.scrollTop + this.#topOf(anchor.row) - anchor.top);
  }

  // Where things stand is noted anew only when they moved: what the browser rounds off must not add up.
  #settle() {
    const anchor = this.#anchors.find(({ row }) => row.isConnected);
    if (!anchor || this.#isFollowing || Math.abs(this.#topOf(anchor.row) - anchor.top) >= SAME_PX) this.#noteAnchors();
    this.dispatchEvent(new Event("moved"));
  }

  // What we did ourselves is known. Who follows the end leaves it by going up, not because something grew below.
  #scrolled() {
    const { scrollTop } = this.#scroller;
    const before = this.#put;
    if (before !== null && Math.abs(scrollTop - before) < SAME_PX) return;
    if (this.#isFollowing && before !== null && scrollTop > before) return;
    this.#put = scrollTop;
    this.#isFollowing = this.#isNearEnd(before !== null && scrollTop < before ? AT_END_PX : NEAR_END_PX);
    this.#noteAnchors();
    this.dispatchEvent(new Event("moved"));
  }

  #noteAnchors() {
    this.#anchors = [];
    let row = firstBelow(this.#rows.children, this.#scroller.getBoundingClientRect().top);
    while (row && this.#anchors.length < SPARE_ROWS) {
      if (row.message?.seq) this.#anchors.push({ row, top: this.#topOf(row) });
      row = row.nextElementSibling;
    }
  }

  #scrollTo(top) {
    if (Math.abs(top - this.#scroller.scrollTop) >= 0.5) this.#scroller.scrollTop = top;
    this.#put = this.#scroller.scrollTop;
  }

  #topOf(row) {
    return row.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top;
  }

  #isNearEnd(pixels = NEAR_END_PX) {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < pixels;
  }
}
