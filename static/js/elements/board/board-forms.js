// The forms of a board, sent without leaving it, one after the other.
import { closeMenus } from "elements/common/menus.js";
import { gettext } from "language/gettext.js";

export class BoardForms {
  #root;
  #board;
  #sent = Promise.resolve();

  constructor(root, board) {
    this.#root = root;
    this.#board = board;
    root.addEventListener("submit", (event) => this.#submitted(event));
  }

  // A form for a new card is a form like any other until there is an outbox to keep it.
  #submitted(event) {
    const form = event.target;
    const isCard = form.matches("[data-new-card]") && this.#board.newCards;
    if (!isCard && !form.matches("[data-new-column], [data-quiet-form]")) return;
    event.preventDefault();
    if (isCard) this.#board.newCards.add(form);
    else this.#send(form);
  }

  #send(form) {
    const said = Object.fromEntries(new FormData(form));
    form.querySelector("button").ariaDisabled = "true";
    if (form.matches("[data-new-column]")) clear(fieldOf(form));
    this.#sent = this.#sent.then(() => this.#sendNow(form, said));
  }

  async #sendNow(form, said) {
    const isNew = form.matches("[data-new-column]");
    try {
      const { card, column } = await this.#board.send(form.getAttribute("action"), said);
      this.#board.columns.show(card ?? column);
      if (isNew) this.#board.say(gettext("Added {title}.", column));
      else closeMenus(this.#root);
    } catch (error) {
      this.#board.trouble(isNew ? putBack(form, said.title, error.message) : error.message);
    } finally {
      form.querySelector("button").ariaDisabled = null;
    }
  }
}

// At once, for the next: what is typed before the answer comes is not of this one.
function clear(field) {
  field.value = "";
  field.focus();
}

// What could not be made is there to be sent again, unless the next is begun. It is selected, so that what is typed now is not
// written behind it; the sentence returned names it all the same.
function putBack(form, title, trouble) {
  const field = fieldOf(form);
  const shown = document.getElementById(field.id) ?? field; // the board may have been drawn anew
  if (!shown.value) {
    shown.value = title;
    if (shown === document.activeElement) shown.select();
  }
  return gettext("“{title}” was not added. {trouble}", { title, trouble });
}

function fieldOf(form) {
  return form.querySelector("input:not([type=hidden])");
}
