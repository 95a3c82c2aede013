// Undoing what was done to a card on this page. The server decides whether it still can be, or somebody changed the same since.
//
// Each method returns a function that undoes it, and resolves to the frame of the card or rejects with a sentence.

import { gettext } from "language/gettext.js";

const NOT_MOVED = gettext("The card was not moved, so there is nothing to undo.");

export class TakingBack {
  #send;
  #left = new Map(); // task id -> {column_id, rank}: where this page last moved it

  // `send(url, fields)`: as in boards/requests.js.
  constructor(send) {
    this.#send = send;
  }

  // `from`: {column, before, after} before the move; `saved`: a promise of the frame of the moved card, or of null.
  move(id, from, saved) {
    const known = saved.then((card) => card && this.#left.set(id, card));
    return async () => {
      if (!(await known)) throw new Error(NOT_MOVED);
      const { column_id: column, rank } = this.#left.get(id);
      const card = await this.#undo(id, { what: "move", ...from, left_column: column, left_rank: rank });
      this.#left.set(id, card);
      return card;
    };
  }

  rename(id, title, given) {
    return () => this.#undo(id, { what: "rename", title, left_as: given });
  }

  archive(id) {
    return () => this.#undo(id, { what: "archive" });
  }

  async #undo(id, fields) {
    const { card } = await this.#send(`/boards/task/${id}/undo/`, fields);
    return card;
  }
}
