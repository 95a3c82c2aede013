// The search field completes the operator at the caret: which there are, and whom, where and what they may name.
import { make } from "elements/common/make.js";
import { inWords } from "elements/search/in-words.js";
import { gettext, locale } from "language/gettext.js";

const SETTLE_MS = 120;
const MOST = 8;
const WORDS = { "has:": ["file", "image", "link", "reaction", "pin"], "is:": ["unread", "saved"] };
for (const operator of ["before:", "after:", "on:"]) WORDS[operator] = ["today", "yesterday", "7d"];
const OPERATORS = {
  "from:": gettext("whose words they are"),
  "in:": gettext("a room, board, task or person"),
  "mentions:": gettext("who is mentioned"),
  "has:": anyOf(WORDS["has:"]),
  "is:": anyOf(WORDS["is:"]),
  "before:": gettext("a day"),
  "after:": gettext("a day"),
  "on:": gettext("a day, a month or a year"),
};

export class Completion {
  #field;
  #list;
  #inbox;
  #chosen;
  #options = [];
  #at = -1;
  #timer = null;
  #asked = 0;

  // `chosen()` is called when the text has become another.
  constructor({ field, list, inbox, signal, chosen }) {
    Object.assign(field, { role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list" });
    field.setAttribute("aria-controls", list.id);
    [this.#field, this.#list, this.#inbox, this.#chosen] = [field, list, inbox, chosen];
    field.addEventListener("input", () => this.#later(), { signal });
    field.addEventListener("keydown", (event) => this.#pressed(event), { signal });
    field.addEventListener("blur", () => this.#close(), { signal });
    list.addEventListener("pointerdown", (event) => this.#clicked(event), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  // The word that ends at the caret: {operator, begun, start}, or nothing.
  #word() {
    const before = this.#field.value.slice(0, this.#field.selectionStart);
    const [whole, operator = "", begun] = before.match(/(?:^|\s)([a-z]+:)?((?:"[^"]*)|[^\s"]*)$/i) ?? [];
    return whole === undefined ? null : { operator: operator.toLowerCase(), begun: begun.replace(/^"/, ""), start: before.length - whole.trimStart().length };
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#offer(), SETTLE_MS);
  }

  async #offer() {
    const word = this.#word();
    const asked = (this.#asked += 1);
    const options = word ? await this.#optionsFor(word) : [];
    if (asked === this.#asked && document.activeElement === this.#field) this.#show(options.slice(0, MOST), word);
  }

  // [{text, note}]
  async #optionsFor({ operator, begun }) {
    const isLike = (name) => name.toLowerCase().includes(begun.toLowerCase().replace(/^[@#]/, ""));
    if (!operator) return begun.length < 2 ? [] : Object.entries(OPERATORS).filter(([name]) => name.startsWith(begun.toLowerCase())).map(([text, note]) => ({ text, note }));
    if (WORDS[operator]) return WORDS[operator].filter((word) => word.startsWith(begun) && word !== begun).map((word) => ({ text: operator + word, note: "" }));
    if (operator === "in:") return this.#places(isLike);
    if (operator === "from:" || operator === "mentions:") return this.#people(operator, begun.replace(/^@/, ""));
    return [];
  }

  #places(isLike) {
    const places = [...this.#inbox.conversations.values()].filter(({ name }) => isLike(name));
    return places.sort((one, other) => other.last_seq - one.last_seq).map((place) => ({ text: inWords(place, this.#inbox), note: place.name }));
  }

  async #people(operator, begun) {
    const me = "me".startsWith(begun) ? [{ text: `${operator}me`, note: gettext("yourself") }] : [];
    if (!begun) return me;
    const answer = await fetch(`/messaging/find/?${new URLSearchParams({ q: begun })}`).catch(() => null);
    const { people = [] } = answer?.ok ? await answer.json() : {};
    return [...me, ...people.map(({ username, display_name: name }) => ({ text: operator + username, note: name }))];
  }

  // -- the list ------------------------------------------------------------------------------------------------------------

  #show(options, word) {
    [this.#options, this.#at] = [options.map((option) => ({ ...option, word })), -1];
    this.#list.replaceChildren(...options.map(({ text, note }, at) => {
      const item = make("li", "search-option", make("span", "truncate", text), make("span", "row-note truncate", note));
      Object.assign(item, { id: `search-option-${at}`, role: "option", ariaSelected: "false" });
      return item;
    }));
    this.#list.hidden = options.length === 0;
    this.#field.ariaExpanded = String(options.length > 0);
    this.#field.removeAttribute("aria-activedescendant");
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#show([]);
  }

  #pressed(event) {
    if (this.#options.length === 0 || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#point(this.#at + step);
    else if (event.key === "Tab" && !event.shiftKey) this.#choose(Math.max(0, this.#at));
    else if (event.key === "Enter" && this.#at >= 0) this.#choose(this.#at);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
  }

  #point(at) {
    this.#at = (at + this.#options.length) % this.#options.length;
    [...this.#list.children].forEach((item, place) => (item.ariaSelected = String(place === this.#at)));
    this.#field.setAttribute("aria-activedescendant", `search-option-${this.#at}`);
    this.#list.children[this.#at].scrollIntoView({ block: "nearest" });
  }

  #clicked(event) {
    event.preventDefault(); // the field keeps the focus
    const at = [...this.#list.children].indexOf(event.target.closest("li"));
    if (at >= 0) this.#choose(at);
  }

  #choose(at) {
    const { text, word } = this.#options[at];
    const end = this.#field.selectionStart;
    const whole = text.endsWith(":") ? text : `${text} `;
    this.#field.setRangeText(whole, word.start, end, "end");
    this.#close();
    this.#chosen();
    if (text.endsWith(":")) this.#later();
  }
}

// What is typed is the same in all languages.
function anyOf(words) {
  return new Intl.ListFormat(locale, { type: "disjunction" }).format(words);
}
