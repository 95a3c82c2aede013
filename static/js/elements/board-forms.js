// The forms of a board, sent without leaving it.
import { closeMenus } from "elements/menus.js";
import { toast } from "elements/page/toast.js";
import { gettext } from "language/gettext.js";
import { newId } from "live/new-id.js";

export class BoardForms {
  #root;
  #board;
  #unanswered = new Map(); // where a new card was sent -> {title, id}: sent again, it is the same card

  constructor(root, board) {
    this.#root = root;
    this.#board = board;
    root.addEventListener("submit", (event) => this.#submitted(event));
  }

  #submitted(event) {
    const form = event.target;
    if (!form.matches("[data-new-card], [data-new-column], [data-quiet-form]")) return;
    event.preventDefault();
    this.#send(form);
  }

  async #send(form) {
    const url = form.getAttribute("action");
    const said = Object.fromEntries(new FormData(form));
    if (form.matches("[data-new-card]")) said.client_id = this.#nameFor(url, said.title);
    const button = form.querySelector("button");
    button.ariaDisabled = "true";
    try {
      const { card, column } = await this.#board.send(url, said);
      this.#unanswered.delete(url);
      this.#board.columns.show(card ?? column);
      this.#after(form, card ?? column);
    } catch (error) {
      this.#board.trouble(error.message);
    } finally {
      button.ariaDisabled = null;
    }
  }

  #nameFor(url, title) {
    if (this.#unanswered.get(url)?.title !== title) this.#unanswered.set(url, { title, id: newId() });
    return this.#unanswered.get(url).id;
  }

  #after(form, { title, task_id: id }) {
    if (form.matches("[data-quiet-form]")) return closeMenus(this.#root);
    form.reset();
    form.querySelector("input:not([type=hidden])").focus();
    if (form.matches("[data-new-card]")) form.scrollIntoView({ block: "nearest" });
    if (id && this.#board.columns.card(id)?.hidden) toast(gettext("Added {title}. The filter hides it.", { title }));
    else this.#board.say(gettext("Added {title}.", { title }));
  }
}
