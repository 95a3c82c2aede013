// A card lifted from its place: moved about on this page alone, then dropped for everybody, or put back.
import { placeInWords } from "boards/order.js";
import { columnOf } from "elements/board-columns.js";

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
  }

  // Null once it is not on the board any more; another one when the board was loaded anew.
  get li() {
    return this.#board.columns.card(this.#id);
  }

  place(list, before) {
    if (this.li) this.#board.columns.move(this.li, list, before);
  }

  get where() {
    const list = this.li.parentElement;
    const position = [...list.children].indexOf(this.li) + 1;
    return placeInWords({ column: list.getAttribute("aria-label"), position, count: list.childElementCount });
  }

  putBack() {
    this.#board.columns.release(this.#id);
    this.#board.say(this.li ? `${this.title} is back at ${this.where}.` : `${this.title} is not on this board any more.`);
  }

  async drop() {
    const place = this.li && placeOf(this.li);
    if (!place || (place.column === this.#from.column && place.before === this.#from.before)) return this.putBack();
    this.#board.say(`Dropped ${this.title} at ${this.where}.`);
    this.li.ariaBusy = "true";
    try {
      const { card } = await this.#board.send(`/boards/task/${this.#id}/move/`, place);
      this.#board.columns.show(card); // held until the next line
    } catch (error) {
      this.#board.trouble(error.message);
    } finally {
      if (this.li) this.li.ariaBusy = null;
      this.#board.columns.release(this.#id);
    }
  }
}

// In a hand, or dropped and not yet answered for: until then nothing lifts it again.
export function isLifted(li) {
  return li.hasAttribute("data-lifted");
}

function placeOf(li) {
  const [before, after] = [li.nextElementSibling, li.previousElementSibling].map((other) => other?.dataset.task ?? null);
  return { column: columnOf(li), before, after };
}
