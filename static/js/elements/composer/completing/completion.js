// The list under which a name is completed as it is typed; the text field keeps the focus all the while.
//
//   source  begun   what stands before the caret when it is meant, with the words to look for as its last group
//           label   what is listed, for those who hear it
//           find(words)    resolves to options: {text: what is put there, key: of equal ones, ...}
//           draw(option)   what the option shows, as nodes
//           isWhole(words, option)   whether nothing is left to complete
import { make } from "elements/common/make.js";
import { type } from "elements/composer/type.js";
import { ngettext } from "language/gettext.js";

let lists = 0;

export class Completion {
  #field;
  #box;
  #sources;
  #list = make("ul", "menu completion");
  #news = make("span", "visually-hidden");
  #options = [];
  #chosen = 0;
  #asked = 0; // which question the list answers
  #open = null; // {source, words, start}

  constructor(field, sources) {
    this.#field = field;
    this.#box = field.parentElement;
    this.#sources = sources;
    this.#list.id = `completion-${++lists}`;
    this.#list.hidden = true;
    this.#list.setAttribute("role", "listbox");
    this.#news.setAttribute("aria-live", "polite");
    field.closest("form").append(this.#list, this.#news);
    field.setAttribute("aria-autocomplete", "list");
    for (const moved of ["input", "click"]) field.addEventListener(moved, () => this.refresh());
    field.addEventListener("keyup", ({ key }) => /^(Arrow(Left|Right)|Home|End)$/.test(key) && this.refresh());
    field.addEventListener("blur", () => this.close());
    this.#list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.#list.addEventListener("click", ({ target }) => this.#pressed(target.closest("[role=option]")));
  }

  get isOpen() {
    return this.#open !== null;
  }

  async refresh() {
    const begun = this.#begun();
    const asked = ++this.#asked;
    if (!begun) return this.close();
    const options = await begun.source.find(begun.words);
    if (asked !== this.#asked) return;
    if (options.length === 0) return this.close();
    this.#show(begun, options);
  }

  close() {
    this.#asked += 1;
    this.#open = null;
    this.#list.hidden = true;
    this.#news.textContent = "";
    for (const name of ["aria-controls", "aria-activedescendant"]) this.#field.removeAttribute(name);
    for (const name of ["role", "aria-expanded", "aria-label", "aria-haspopup", "aria-controls"]) this.#box.removeAttribute(name);
  }

  // Whether the key was for the list.
  take({ key, shiftKey, ctrlKey, metaKey, altKey }) {
    if (!this.isOpen || shiftKey || ctrlKey || metaKey || altKey || (key === "Enter" && this.#isWhole())) return false;
    if (key === "ArrowDown" || key === "ArrowUp") this.#move(key === "ArrowDown" ? 1 : -1);
    else if (key === "Enter" || key === "Tab") this.#complete(this.#options[this.#chosen]);
    else if (key === "Escape") this.close();
    else return false;
    return true;
  }

  #begun() {
    const { value, selectionStart, selectionEnd } = this.#field;
    if (selectionStart !== selectionEnd) return null;
    const before = value.slice(0, selectionStart);
    for (const source of this.#sources) {
      const words = source.begun.exec(before)?.[1];
      if (words !== undefined) return { source, words, start: selectionStart - words.length - 1 };
    }
    return null;
  }

  #show(begun, options) {
    this.#open = begun;
    this.#options = options;
    this.#chosen = 0;
    this.#list.replaceChildren(...options.map((option, at) => this.#draw(option, at)));
    this.#list.hidden = false;
    this.#list.setAttribute("aria-label", begun.source.label);
    this.#news.textContent = ngettext("{count} suggestion", "{count} suggestions", options.length);
    // A text area may not be a combobox itself: what is around it is, for as long as there is a list.
    const state = { role: "combobox", "aria-expanded": "true", "aria-haspopup": "listbox", "aria-label": begun.source.label, "aria-controls": this.#list.id };
    for (const [name, value] of Object.entries(state)) this.#box.setAttribute(name, value);
    this.#field.setAttribute("aria-controls", this.#list.id);
    this.#mark();
  }

  // A name that is written out needs no completing: Enter means what it always means.
  #isWhole() {
    const { source, words } = this.#open;
    return Boolean(source.isWhole?.(words, this.#options[this.#chosen]));
  }

  #move(step) {
    const { length } = this.#options;
    this.#chosen = (this.#chosen + step + length) % length;
    this.#mark();
  }

  #mark() {
    [...this.#list.children].forEach((option, at) => option.setAttribute("aria-selected", at === this.#chosen));
    const chosen = this.#list.children[this.#chosen];
    chosen.scrollIntoView({ block: "nearest" });
    this.#field.setAttribute("aria-activedescendant", chosen.id);
  }

  #pressed(element) {
    if (element) this.#complete(this.#options[[...this.#list.children].indexOf(element)]);
  }

  #complete({ text }) {
    const { start } = this.#open;
    const end = this.#field.selectionStart;
    const isSpaced = this.#field.value[end] === " ";
    this.close();
    type(this.#field, isSpaced ? text : `${text} `, { start, end });
    this.close();
  }

  #draw(option, at) {
    const element = make("li", "completion-option", ...this.#open.source.draw(option));
    element.id = `${this.#list.id}-${at}`;
    element.setAttribute("role", "option");
    return element;
  }
}
