// A card taken off the board by its Archive button.
import { gettext } from "language/gettext.js";

export class CardArchive {
  #board;

  constructor(root, board) {
    this.#board = board;
    root.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-archive]");
      if (button) this.#archive(button.closest(".card"));
    });
  }

  async #archive(li) {
    const { task: id } = li.dataset;
    try {
      const { card } = await this.#board.send(`/boards/task/${id}/archive/`, {});
      this.#board.columns.show(card);
      this.#board.undo.did(gettext("Archived {title}.", card), card.title, this.#board.undo.back.archive(id));
    } catch (error) {
      this.#board.trouble(error.message);
    }
  }
}
