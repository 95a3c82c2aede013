// A card's title written anew in its place: Enter or leaving keeps it, Escape does not.
import { make } from "elements/make.js";
import { gettext } from "language/gettext.js";

export class CardRename {
  #board;
  #begun = null; // {li, input} while a title is being written

  constructor(root, board) {
    this.#board = board;
    root.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-rename]");
      if (button) this.#open(button.closest(".card"), button);
    });
    root.addEventListener("replaced", () => this.#begun && this.#openAgain(this.#begun.li.dataset.task, this.#begun.input.value));
  }

  // `title`: as it was written before, and could not be kept.
  #open(li, button, title = null) {
    const link = li.querySelector("[data-title]");
    const input = make("input", "input");
    Object.assign(input, { value: title ?? link.textContent, maxLength: 200, ariaLabel: gettext("Title"), autocomplete: "off" });
    const form = make("form", "card-rename", input);
    link.hidden = true;
    link.after(form);
    if (title === null || [button, document.body].includes(document.activeElement)) input.select();
    this.#listen({ li, link, form, input, button });
  }

  #listen(parts) {
    const { link, form, input, button } = parts;
    let isOpen = true;
    this.#begun = parts;
    const close = () => {
      if (this.#begun === parts) this.#begun = null;
      isOpen = false; // before the form goes, for that takes the focus and so ends here once more
      form.remove();
      link.hidden = false;
    };
    const keep = () => {
      if (!isOpen) return;
      close();
      this.#keep(parts);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      keep();
      button.focus();
    });
    // A card that is moved meanwhile loses the focus for a moment only, and one that is replaced is opened again.
    input.addEventListener("blur", () => setTimeout(() => input.isConnected && document.activeElement !== input && keep()));
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      close();
      button.focus();
    });
  }

  async #keep({ li, link, input }) {
    const [title, before] = [input.value.trim(), link.textContent];
    if (!title || title === before) return;
    link.textContent = title;
    try {
      const { card } = await this.#board.send(`/boards/task/${li.dataset.task}/edit/`, { title });
      this.#board.columns.show(card);
      const { undo } = this.#board;
      undo.did(gettext("Renamed to {title}.", card), before, undo.back.rename(card.task_id, before, card.title));
    } catch (error) {
      link.textContent = before;
      this.#board.trouble(error.message);
      this.#openAgain(li.dataset.task, title);
    }
  }

  // Whoever has gone on to something else keeps the focus there.
  #openAgain(id, title) {
    const li = this.#board.columns.card(id);
    if (li && !li.querySelector(".card-rename")) this.#open(li, li.querySelector("[data-rename]"), title);
  }
}
