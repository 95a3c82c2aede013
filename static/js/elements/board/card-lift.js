// A card lifted from its place: moved about on this page alone, then dropped for everybody, or put back.
import { placeInWords } from "boards/order.js";
import { columnOf } from "elements/board/board-columns.js";
import { shownIn } from "elements/board/cards-shown.js";
import { gettext } from "language/gettext.js";

export class CardLift {
  #board;
  #id;
  #from;

  constructor(li, board) {
    this.title = li.querySelector("[data-title]").textContent;
    this.#board = board;
    this.#id = li.dataset.task;
    this.#from = placeOf(li);
    board.columns.hold(li);
    li.toggleAttribute("data-lifted", true);
    board.holding.over(this.#id, this.#from.column);
  }

  // Null once it is not on the board any more; another one when the board was loaded anew.
  get li() {
    return this.#board.columns.card(this.#id);
  }

  place(list, before) {
    if (!this.li) return;
    this.#board.columns.move(this.li, list, before);
    this.#board.holding.over(this.#id, columnOf(this.li));
  }

  get where() {
    const list = this.li.parentElement;
    const shown = shownIn(list);
    return placeInWords({ column: list.getAttribute("aria-label"), position: shown.indexOf(this.li) + 1, count: shown.length });
  }

  putBack() {
    const { columns } = this.#board;
    const list = columns.list(this.#from.column);
    if (list) this.place(list, list.querySelector(`:scope > [data-task="${this.#from.before}"]`));
    this.#letGo();
    const { title } = this;
    this.#board.say(this.li ? gettext("{title} is back at {where}.", { title, where: this.where }) : gettext("{title} is not on this board any more.", { title }));
  }

  drop() {
    const place = this.li && placeOf(this.li);
    if (!place || this.#board.columns.isGone(this.#id) || (place.column === this.#from.column && place.before === this.#from.before)) return this.putBack();
    this.#board.say(gettext("Dropped {title} at {where}.", { title: this.title, where: this.where }));
    const { underWay, undo } = this.#board;
    undo.did(gettext("Moved {title}.", { title: this.title }), this.title, undo.back.move(this.#id, this.#from, underWay.add(this.#id, place)));
    this.#letGo();
  }

  #letGo() {
    this.#board.holding.letGo();
    this.li?.toggleAttribute("data-lifted", false);
    this.#board.columns.release(this.#id);
  }
}

// By a pointer or by keys; meanwhile nothing lifts it again.
export function isLifted(li) {
  return li.hasAttribute("data-lifted");
}

function placeOf(li) {
  const [before, after] = [li.nextElementSibling, li.previousElementSibling].map((other) => other?.dataset.task ?? null);
  return { column: columnOf(li), before, after };
}
