// The list under which a name is completed after an @; the text field keeps the focus all the while.
import { make, makeAvatar } from "elements/make.js";
import { namesLike } from "elements/composer/names-like.js";

const BEGUN = /(?:^|[\s(])@([\p{L}\p{N}_.+-]*)$/u;
let lists = 0;

export class MentionList {
  #field;
  #members;
  #list = make("ul", "menu mention-list");
  #news = make("span", "visually-hidden");
  #chosen = 0;

  // `members`: [{user_id, username, display_name}].
  constructor(field, members) {
    this.#field = field;
    this.#members = members;
    this.#list.id = `mention-list-${++lists}`;
    this.#list.hidden = true;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", "People to mention");
    this.#news.setAttribute("aria-live", "polite");
    field.closest("form").append(this.#list, this.#news);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.#list.id);
    field.addEventListener("input", () => this.refresh());
    field.addEventListener("click", () => this.refresh());
    field.addEventListener("blur", () => this.close());
    this.#list.addEventListener("pointerdown", (event) => this.#pressed(event));
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  refresh() {
    const begun = this.#begun();
    const found = begun === null ? [] : namesLike(begun, this.#members);
    if (found.length === 0) return this.close();
    this.#chosen = 0;
    this.#list.replaceChildren(...found.map((member, at) => this.#draw(member, at)));
    this.#list.hidden = false;
    this.#news.textContent = `${found.length} ${found.length === 1 ? "person" : "people"} to mention`;
    this.#mark();
  }

  close() {
    this.#list.hidden = true;
    this.#news.textContent = "";
    this.#field.removeAttribute("aria-activedescendant");
  }

  // Whether the key was for the list.
  take({ key, shiftKey }) {
    if (!this.isOpen || shiftKey || (key === "Enter" && this.#isWhole())) return false;
    if (key === "ArrowDown" || key === "ArrowUp") this.#move(key === "ArrowDown" ? 1 : -1);
    else if (key === "Enter" || key === "Tab") this.#complete(this.#list.children[this.#chosen]);
    else if (key === "Escape") this.close();
    else return false;
    return true;
  }

  #begun() {
    const { value, selectionStart, selectionEnd } = this.#field;
    return selectionStart === selectionEnd ? BEGUN.exec(value.slice(0, selectionStart))?.[1] ?? null : null;
  }

  // A name that is written out needs no completing: Enter means what it always means.
  #isWhole() {
    return this.#begun()?.toLowerCase() === this.#list.children[this.#chosen].dataset.username.toLowerCase();
  }

  #move(step) {
    const { length } = this.#list.children;
    this.#chosen = (this.#chosen + step + length) % length;
    this.#mark();
  }

  #mark() {
    [...this.#list.children].forEach((option, at) => option.setAttribute("aria-selected", at === this.#chosen));
    const chosen = this.#list.children[this.#chosen];
    chosen.scrollIntoView({ block: "nearest" });
    this.#field.setAttribute("aria-activedescendant", chosen.id);
  }

  #pressed(event) {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) this.#complete(option);
  }

  #complete(option) {
    const caret = this.#field.selectionStart;
    this.#field.setRangeText(`@${option.dataset.username} `, caret - this.#begun().length - 1, caret, "end");
    this.close();
    this.#field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  #draw({ user_id: id, username, display_name: name }, at) {
    const option = make("li", "mention-option", makeAvatar(id, name), make("span", "name truncate", name), make("span", "handle truncate", `@${username}`));
    option.id = `${this.#list.id}-${at}`;
    option.dataset.username = username;
    option.setAttribute("role", "option");
    return option;
  }
}
