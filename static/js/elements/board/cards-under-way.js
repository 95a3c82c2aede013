// Cards that were dropped and not yet saved: each stays where it was dropped, with a quiet sign, until the server has it.
import { unsavedSign } from "elements/cards/additions-shown.js";
import { gettext } from "language/gettext.js";

export class CardsUnderWay {
  #moves;
  #board;
  #held = new Map(); // client_id of a move -> task id
  #awaited = new Map(); // client_id of a move -> who is told of its end

  // `moves`: boards/moves.js.
  constructor(moves, board) {
    this.#moves = moves;
    this.#board = board;
    moves.addEventListener("change", () => this.show());
    moves.addEventListener("over", ({ detail }) => this.#over(detail));
    moves.addEventListener("refused", ({ detail }) => board.trouble(`${gettext("A card is back where it was.")} ${detail}`));
  }

  // The move of a card on this page, to where it stands. Resolves to the frame of what became of it, or to null.
  add(id, place) {
    const clientId = this.#moves.add(Number(id), place);
    return new Promise((resolve) => this.#awaited.set(clientId, resolve));
  }

  // The board was drawn anew.
  showAgain() {
    for (const move of this.#moves.waiting) this.#place(move);
  }

  show() {
    for (const move of this.#moves.waiting) if (!this.#held.has(move.client_id)) this.#hold(move);
  }

  #hold(move) {
    const li = this.#board.columns.card(move.task);
    if (!li) return;
    this.#held.set(move.client_id, move.task);
    this.#board.columns.hold(li);
    this.#place(move);
  }

  #place({ task, place: { column, before, after } }) {
    const { columns } = this.#board;
    const [li, list] = [columns.card(task), columns.list(column)];
    if (!li || !list) return;
    const [next, previous] = [before, after].map((id) => id && list.querySelector(`:scope > [data-task="${id}"]`));
    columns.move(li, list, next || previous?.nextElementSibling || null);
    sign(li);
  }

  #over({ client_id: id, card }) {
    this.#awaited.get(id)?.(card);
    this.#awaited.delete(id);
    const task = this.#held.get(id);
    if (!this.#held.delete(id)) return;
    const { columns } = this.#board;
    if (card) columns.show(card); // held until the last of its moves is over
    columns.release(task);
    if (![...this.#held.values()].includes(task)) unsign(columns.card(task));
  }
}

function sign(li) {
  li.ariaBusy = "true";
  if (!li.querySelector(".card-unsaved")) li.append(unsavedSign());
}

function unsign(li) {
  if (!li) return;
  li.ariaBusy = null;
  li.querySelector(".card-unsaved")?.remove();
}
