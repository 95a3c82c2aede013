// A card lifted from its place: moved about on this page alone, then dropped for everybody, or put back.
import { placeInWords } from "boards/order.js";

export class CardLift {
  #board;
  #from;

  constructor(li, board) {
    this.li = li;
    this.title = li.querySelector("[data-title]").textContent;
    this.#board = board;
    this.#from = { columnId: columnOf(li), next: li.nextElementSibling };
    board.columns.hold(li);
  }

  place(list, before) {
    this.#board.columns.move(this.li, list, before);
  }

  get where() {
    const list = this.li.parentElement;
    const position = [...list.children].indexOf(this.li) + 1;
    return placeInWords({ column: list.getAttribute("aria-label"), position, count: list.childElementCount });
  }

  putBack() {
    this.#board.columns.release(this.li, this.#from.columnId);
    this.#board.say(`${this.title} is back at ${this.where}.`);
  }

  async drop() {
    const columnId = columnOf(this.li);
    if (columnId === this.#from.columnId && this.li.nextElementSibling === this.#from.next) return this.putBack();
    const [before, after] = [this.li.nextElementSibling?.dataset.task, this.li.previousElementSibling?.dataset.task];
    this.#board.say(`Dropped ${this.title} at ${this.where}.`);
    this.li.ariaBusy = "true";
    try {
      const place = { column: columnId, before: before ?? null, after: after ?? null };
      const { card } = await this.#board.send(`/boards/task/${this.li.dataset.task}/move/`, place);
      this.#board.columns.show(card); // held until the next line
    } catch (error) {
      this.#board.trouble(error.message);
    } finally {
      this.li.ariaBusy = null;
      this.#board.columns.release(this.li, this.#from.columnId);
    }
  }
}

// In a hand, or dropped and not yet answered for: until then nothing lifts it again.
export function isLifted(li) {
  return li.hasAttribute("data-lifted");
}

function columnOf(li) {
  return li.closest("[data-column]").dataset.column;
}
