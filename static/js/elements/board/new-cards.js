// The cards written on this page: each stands below its column's until the server has it, and then among them.
import { AdditionsShown, takenFrom, unsavedSign } from "elements/cards/additions-shown.js";
import { make } from "elements/common/make.js";
import { toast } from "elements/common/toast.js";
import { gettext } from "language/gettext.js";

export class NewCards {
  #additions;
  #board;
  #shown;
  #mine = new Set(); // client_ids: what comes of these is said

  // `additions`: boards/additions.js.
  constructor(additions, board) {
    this.#additions = additions;
    this.#board = board;
    this.#shown = new AdditionsShown(additions, (addition) => this.#draw(addition));
    additions.addEventListener("over", ({ detail }) => this.#over(detail));
  }

  add(form) {
    const title = takenFrom(form.elements.title);
    if (!title) return;
    this.#mine.add(this.#additions.add(form.getAttribute("action"), title, { title }));
    form.scrollIntoView({ block: "nearest" });
  }

  show() {
    this.#shown.show();
  }

  #draw({ url, text }) {
    const form = this.#board.querySelector(`[data-new-card][action="${CSS.escape(url)}"]`);
    if (!form) return null;
    const row = make("li", "card card-waiting", make("span", "card-title", text), unsavedSign());
    row.ariaBusy = "true";
    waitingAbove(form).append(row);
    return row;
  }

  #over({ client_id: id, answer }) {
    const { card } = answer ?? {};
    if (!card) return;
    const { columns } = this.#board;
    columns.show(card);
    if (!this.#mine.delete(id)) return;
    const { title } = card;
    if (columns.card(card.task_id)?.hidden) toast(gettext("Added {title}. The filter hides it.", { title }));
    else this.#board.say(gettext("Added {title}.", { title }));
  }
}

function waitingAbove(form) {
  const above = form.previousElementSibling;
  if (above?.matches("[data-waiting]")) return above;
  const list = make("ul", "cards cards-waiting");
  list.role = "list";
  list.toggleAttribute("data-waiting", true);
  form.before(list);
  return list;
}
