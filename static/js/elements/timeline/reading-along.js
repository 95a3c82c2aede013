// What has been read: what came into sight while somebody looked, that is while the page is visible and has the focus, and
// nothing lies over the timeline.
import { isAttended, onAttention } from "elements/page/attention.js";
import { isUncovered, messagesBetween } from "elements/timeline/sight.js";

const PEEK_PX = 12; // of a message that must be seen
const COVERED_MS = 400; // until it is looked at again whether it still is

export class ReadingAlong {
  #scroller;
  #list;
  #tell;
  #signal;
  #isHeld = false;
  #timer = null;

  seen = 0; // up to this place

  // `tell(message)`: up to this one.
  constructor(scroller, { list, tell, signal }) {
    this.#scroller = scroller;
    this.#list = list;
    this.#tell = tell;
    this.#signal = signal;
    onAttention(() => this.#cameBack(), { signal });
  }

  note() {
    if (this.#isHeld || !isAttended() || this.#signal.aborted) return;
    const { top, bottom } = this.#scroller.getBoundingClientRect();
    const { last } = messagesBetween(this.#list, top, bottom - PEEK_PX);
    if (!last || last.message.seq <= this.seen) return;
    if (!isUncovered(this.#scroller)) return this.#lookAgain();
    this.seen = last.message.seq;
    this.#tell(last.message);
  }

  // Something in sight is to be unread again: it stays so until somebody comes back to it.
  hold(seq) {
    this.#isHeld = true;
    this.seen = Math.min(this.seen, seq - 1);
  }

  #cameBack() {
    this.#isHeld = false;
    this.note();
  }

  #lookAgain() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.note(), COVERED_MS);
  }
}
