// The filter of a board: asked by a form, kept in the address, and holding for every card that comes.
import { fits, inAddress, isOn } from "boards/filter.js";
import { isWriting } from "elements/keys/keys.js";
import { isIdle } from "elements/keys/single-keys.js";
import { ngettext } from "language/gettext.js";

export class BoardFilter {
  #root;
  #menu = document.querySelector("[data-filter]");
  #form = this.#menu.querySelector("form");

  constructor(root, { signal }) {
    this.#root = root;
    this.#form.addEventListener("input", () => this.#asked());
    this.#form.addEventListener("submit", (event) => this.#submitted(event));
    for (const change of ["counted", "replaced"]) root.addEventListener(change, () => this.#show());
    root.addEventListener("focusout", () => this.#isOn && requestAnimationFrame(() => this.#show()));
    root.querySelector("[data-show-all]").addEventListener("click", (event) => this.#showAll(event));
    document.addEventListener("keydown", (event) => this.#pressed(event), { capture: true, signal }); // before "/" means search
    this.#show();
  }

  get #filter() {
    return Object.fromEntries(new FormData(this.#form));
  }

  get #isOn() {
    return isOn(this.#filter);
  }

  #asked() {
    history.replaceState(history.state, "", location.pathname + inAddress(this.#filter));
    this.#show();
  }

  #submitted(event) {
    event.preventDefault();
    this.#menu.open = false;
    this.#menu.querySelector("summary").focus();
  }

  #showAll(event) {
    event.preventDefault();
    for (const field of this.#form.querySelectorAll("input, select")) field.value = "";
    this.#menu.querySelector("summary").focus(); // the link goes
    this.#asked();
  }

  #pressed(event) {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    if (key !== "/" || isIdle(event) || ctrlKey || metaKey || altKey || isWriting(target) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.#menu.open = true;
    this.#form.elements.words.select();
  }

  // Whoever holds a card, or stands on it, keeps it.
  #show() {
    const [filter, isOn] = [this.#filter, this.#isOn];
    const cards = [...this.#root.querySelectorAll("[data-columns] .card[data-task]")];
    for (const li of cards) li.hidden = isOn && !fits(factsOf(li), filter) && !li.matches("[data-lifted], :focus-within");
    const line = this.#root.querySelector("[data-filtered]");
    line.hidden = !isOn;
    const shown = cards.filter((li) => !li.hidden).length;
    line.querySelector("[data-filtered-count]").textContent = isOn ? ngettext("{shown} of {count} card shown", "{shown} of {count} cards shown", cards.length, { shown }) : "";
    this.#menu.toggleAttribute("data-on", isOn);
  }
}

// As boards/filter.js wants them.
function factsOf(li) {
  const ids = (part, name) => [...li.querySelectorAll(`[data-${part}] [data-${name}]`)].map(({ dataset }) => Number(dataset[name]));
  const due = li.querySelector("[data-due]");
  return {
    title: li.querySelector("[data-title]").textContent,
    people: ids("people", "person"),
    labels: ids("labels", "label"),
    due: due.hidden ? "" : due.querySelector("time").dateTime,
    isDone: li.closest("[data-column]").hasAttribute("data-done"),
  };
}
