// What was added on this page, or one before, and the server does not have yet: a row each, as long as it waits.
import { icon } from "elements/common/icon.js";
import { make } from "elements/common/make.js";
import { gettext } from "language/gettext.js";

export class AdditionsShown {
  #additions;
  #draw;
  #rows = new Map(); // client_id -> element, or null where there is no place for it

  // `additions`: boards/additions.js; `draw(addition)` makes the row of one, and puts it on the page.
  constructor(additions, draw) {
    this.#additions = additions;
    this.#draw = draw;
    additions.addEventListener("change", () => this.show());
  }

  // Also where the page was drawn anew.
  show() {
    const waiting = new Map(this.#additions.waiting.map((addition) => [addition.client_id, addition]));
    for (const [id, row] of this.#rows) if (!waiting.has(id)) row?.remove(), this.#rows.delete(id);
    for (const [id, addition] of waiting) if (!this.#rows.get(id)?.isConnected) this.#rows.set(id, this.#draw(addition));
  }

  // The row of one that stays where it is until somebody else removes it.
  release(id) {
    const row = this.#rows.get(id);
    this.#rows.delete(id);
    return row;
  }
}

// A quiet sign, for what is there a while.
export function unsavedSign() {
  return make("span", "card-unsaved", icon("clock"), make("span", "visually-hidden", gettext("Not saved yet")));
}

// What a form adds, trimmed, and the field empty at once, for the next; "" of a form without words.
export function takenFrom(field) {
  const words = field.value.trim();
  field.value = "";
  field.focus();
  return words;
}
