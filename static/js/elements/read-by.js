// Who has read what I said last: how many in the line, their names on a press. People who keep it to themselves are never
// among them (profile, privacy).
import { make, makeAvatar, makeButton } from "elements/make.js";

export class ReadBy extends HTMLElement {
  #button = makeButton("link small");
  #list = make("div", "menu readers");
  #shown = "";

  connectedCallback() {
    this.#list.popover = "auto";
    this.#list.addEventListener("toggle", ({ newState }) => newState === "open" && this.#place());
    this.#button.popoverTargetElement = this.#list;
    this.replaceChildren(this.#button, this.#list);
  }

  // `readers` and `others`: [{user_id, display_name}].
  show({ readers, others }) {
    this.hidden = readers.length === 0;
    const shown = JSON.stringify([readers, others]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#button.textContent = `Read by ${readers.length} of ${readers.length + others.length}`;
    this.#button.title = new Intl.ListFormat("en").format(readers.map(({ display_name: name }) => name));
    this.#list.replaceChildren(...part("Read by", readers), ...part("Not read, or not told", others));
  }

  // Above its button, at its end.
  #place() {
    const { top, right } = this.#button.getBoundingClientRect();
    this.#list.style.insetBlockEnd = `${innerHeight - top + 4}px`;
    this.#list.style.insetInlineEnd = `${Math.max(8, innerWidth - right)}px`;
  }
}

function part(title, people) {
  if (people.length === 0) return [];
  const rows = people.map(({ user_id: id, display_name: name }) => make("li", "reader", makeAvatar(id, name), make("span", "truncate", name)));
  const list = make("ul", "", ...rows);
  list.setAttribute("role", "list");
  return [make("h2", "", title), list];
}

customElements.define("read-by", ReadBy);
