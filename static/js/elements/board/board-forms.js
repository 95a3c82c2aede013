// The forms of a board, sent without leaving it.
import { closeMenus } from "elements/menus.js";
import { toast } from "elements/page/toast.js";
import { gettext } from "language/gettext.js";
import { newId } from "live/new-id.js";

export class BoardForms {
  #root;
  #board;
  #unanswered = new Map(); // address and title of a card that may have been made -> its id: sent again, it is the same card

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
    const isNew = !form.matches("[data-quiet-form]");
    if (form.matches("[data-new-card]")) said.client_id = this.#nameFor(url, said.title);
    const button = form.querySelector("button");
    button.ariaDisabled = "true";
    if (isNew) clear(fieldOf(form));
    try {
      const { card, column } = await this.#board.send(url, said);
      this.#board.columns.show(card ?? column);
      if (isNew) this.#made(form, card ?? column);
      else closeMenus(this.#root);
    } catch (error) {
      if (said.client_id) this.#unanswered.set(`${url} ${said.title}`, said.client_id);
      this.#board.trouble(isNew ? putBack(form, said.title, error.message) : error.message);
    } finally {
      button.ariaDisabled = null;
    }
  }

  #nameFor(url, title) {
    const id = this.#unanswered.get(`${url} ${title}`) ?? newId();
    this.#unanswered.delete(`${url} ${title}`);
    return id;
  }

  // Whoever has gone on to something else is not brought back.
  #made(form, { title, task_id: id }) {
    if (form.matches("[data-new-card]:focus-within")) form.scrollIntoView({ block: "nearest" });
    if (id && this.#board.columns.card(id)?.hidden) toast(gettext("Added {title}. The filter hides it.", { title }));
    else this.#board.say(gettext("Added {title}.", { title }));
  }
}

// At once, for the next: what is typed before the answer comes is not of this one.
function clear(field) {
  field.value = "";
  field.focus();
}

// What could not be made is there to be sent again, unless the next is begun: then the sentence returned names it.
function putBack(form, title, trouble) {
  const field = fieldOf(form);
  const shown = document.getElementById(field.id) ?? field; // the board may have been drawn anew
  if (shown.value) return gettext("“{title}” was not added. {trouble}", { title, trouble });
  shown.value = title;
  return trouble;
}

function fieldOf(form) {
  return form.querySelector("input:not([type=hidden])");
}
