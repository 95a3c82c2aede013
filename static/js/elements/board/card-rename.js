// A card's title written anew in its place: Enter or leaving keeps it, Escape does not.
import { isUnanswered } from "boards/requests.js";
import { make } from "elements/common/make.js";
import { gettext } from "language/gettext.js";

export class CardRename {
  #board;
  #begun = null; // {li, input, was} while a title is being written

  constructor(root, board) {
    this.#board = board;
    root.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-rename]");
      if (button) this.#open(button.closest(".card"), button);
    });
    root.addEventListener("replaced", () => this.#begun && this.#goOn(this.#begun));
  }

  // `begun`: {title: as it was written before, and could not be kept; was: what stood there then}.
  #open(li, button, begun = null) {
    const link = li.querySelector("[data-title]");
    const { title, was } = begun ?? { title: link.textContent, was: link.textContent };
    const input = make("input", "input");
    Object.assign(input, { value: title, maxLength: 200, ariaLabel: gettext("Title"), autocomplete: "off" });
    const form = make("form", "card-rename", input);
    link.hidden = true;
    link.after(form);
    if (!begun || [button, document.body].includes(document.activeElement)) input.select();
    this.#listen({ li, link, form, input, button, was });
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
      if (event.key !== "Escape" || event.isComposing) return;
      close();
      button.focus();
    });
  }

  // Somebody else may have renamed it since: the server is told what stood there when this was begun.
  async #keep({ li, link, input, was }) {
    const [title, before] = [input.value.trim(), link.textContent];
    if (!title || title === was) return;
    link.textContent = title;
    try {
      const { card } = await this.#board.send(`/boards/task/${li.dataset.task}/edit/`, { title, was_title: was });
      this.#board.columns.show(card);
      const { undo } = this.#board;
      undo.did(gettext("Renamed to {title}.", card), was, undo.back.rename(card.task_id, was, card.title));
    } catch (error) {
      if (link.textContent === title) link.textContent = before; // else it is another's by now
      this.#board.trouble(error.message);
      this.#openAgain(li.dataset.task, { title, was: isUnanswered(error) ? was : null });
    }
  }

  #goOn({ li, input, was }) {
    this.#openAgain(li.dataset.task, { title: input.value, was });
  }

  // Whoever has gone on to something else keeps the focus there. `was`: null where they know what stands there by now.
  #openAgain(id, { title, was }) {
    const li = this.#board.columns.card(id);
    if (!li || li.querySelector(".card-rename")) return;
    this.#open(li, li.querySelector("[data-rename]"), { title, was: was ?? li.querySelector("[data-title]").textContent });
  }
}
