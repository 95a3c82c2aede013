// The items written on this page: each stands at the foot of the list until the server has it, and the list is drawn with it.
import { AdditionsShown, takenFrom, unsavedSign } from "elements/cards/additions-shown.js";
import { make } from "elements/common/make.js";

export class NewItems {
  #additions;
  #list = make("ol", "checklist-items");
  #shown;
  #landed = []; // rows of what the server has, and the list drawn does not

  // `additions`: boards/additions.js; `form`: the one for new items; `added(text)` is told of each that the server has.
  constructor({ additions, form, added }) {
    this.#additions = additions;
    this.#list.role = "list";
    form.before(this.#list);
    this.#shown = new AdditionsShown(additions, (addition) => this.#draw(addition));
    additions.addEventListener("over", ({ detail: { client_id: id, text, answer } }) => {
      if (!answer) return;
      this.#landed.push(this.#shown.release(id));
      added(text);
    });
  }

  add(form) {
    const text = takenFrom(form.elements.text);
    if (text) this.#additions.add(form.getAttribute("action"), text, { text });
  }

  send() {
    this.#additions.send();
  }

  show() {
    this.#shown.show();
  }

  // The list is drawn as the server has it.
  drawn() {
    for (const row of this.#landed.splice(0)) row?.remove();
  }

  #draw({ text }) {
    const tick = make("span", "checklist-tick");
    tick.ariaHidden = "true";
    const row = make("li", "checklist-item checklist-waiting", tick, make("span", "checklist-text", text), unsavedSign());
    row.ariaBusy = "true";
    this.#list.append(row);
    return row;
  }
}
