// Who has read what I said last: how many in the line, their names on a press.
import { make, makeButton } from "elements/common/make.js";
import { isRightToLeft } from "elements/common/sideways.js";
import { gettext, locale } from "language/gettext.js";
import { readersOfLast } from "messaging/readers.js";

export class ReadBy extends HTMLElement {
  #button = makeButton("link small");
  #list = make("div", "menu readers");
  #people = { readers: [], others: [] };

  connectedCallback() {
    this.#list.popover = "auto";
    this.#list.addEventListener("toggle", ({ newState }) => newState === "open" && this.#open());
    this.#button.popoverTargetElement = this.#list;
    this.replaceChildren(this.#button, this.#list);
  }

  // `room`: messaging/room.js; `data`: what it was made of.
  show(room, data) {
    const { readers, others } = readersOfLast(room, data);
    this.hidden = readers.length === 0;
    if (JSON.stringify({ readers, others }) === JSON.stringify(this.#people)) return;
    this.#people = { readers, others };
    this.#button.textContent = gettext("Read by {count} of {all}", { count: readers.length, all: readers.length + others.length });
    this.#button.title = new Intl.ListFormat(locale).format(readers.map(({ display_name: name }) => name));
    if (this.#list.matches(":popover-open")) this.#open();
  }

  // Above its button, at its end.
  async #open() {
    const { readersList } = await import("elements/conversation/readers-list.js");
    this.#list.replaceChildren(...readersList(this.#people));
    const { top, left, right } = this.#button.getBoundingClientRect();
    this.#list.style.insetBlockEnd = `${innerHeight - top + 4}px`;
    this.#list.style.insetInlineEnd = `${Math.max(8, isRightToLeft(this) ? left : innerWidth - right)}px`;
  }
}

customElements.define("read-by", ReadBy);
