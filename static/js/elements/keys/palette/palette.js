// The palette: a few letters lead to any place, person, task or action. What the inbox knows is there at once; what only
// the server knows follows.
import { icon } from "elements/common/icon.js";
import { make } from "elements/common/make.js";
import { itemsFound, itemsOf } from "elements/keys/palette/items.js";
import { gettext, ngettext } from "language/gettext.js";
import { fit } from "messaging/fuzzy.js";

const NAME = gettext("Find or go to");
const MOST = 12; // shown
const ASK_AFTER_MS = 120; // without another letter
const MEANT_AFTER_MS = 120; // in hand

export class Palette {
  #dialog;
  #input = make("input", "palette-text");
  #list = make("ul", "palette-list");
  #said = make("p", "visually-hidden");
  #inbox;
  #go;
  #items;
  #found = [];
  #shown = [];
  #at = 0;
  #isPointed = false; // at one of them, by its reader
  #timer = null;
  #intent = null;
  #expect;
  #closed = new AbortController();

  // `go(address)` goes there; `expect(address)`: that may be soon. `actions`: the keys that work anywhere. `recent`: ids of conversations, the latest first.
  constructor({ inbox, go, expect, actions, recent }) {
    this.#inbox = inbox;
    this.#go = go;
    this.#expect = expect;
    this.#items = itemsOf({ inbox, recent, actions });
    this.#dress();
    this.#dialog.addEventListener("close", () => (this.#dialog.remove(), this.#closed.abort()));
    const furnish = () => ((this.#items = itemsOf({ inbox, recent, actions })), this.#show());
    inbox.addEventListener("state", furnish, { signal: this.#closed.signal }); // it may come after us
    this.#dialog.addEventListener("click", ({ target }) => target === this.#dialog && this.#dialog.close());
    this.#input.addEventListener("input", () => this.#typed());
    this.#input.addEventListener("keydown", (event) => this.#pressed(event));
    this.#list.addEventListener("click", ({ target }) => this.#choose(target.closest("li")));
    // A list that comes to lie under a pointer at rest is not pointed at.
    this.#list.addEventListener("pointermove", ({ target, movementX, movementY }) => (movementX || movementY) && this.#pointAt(target.closest("li")));
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#show();
  }

  #dress() {
    const field = make("div", "palette-field", icon("search"), this.#input);
    this.#dialog = make("dialog", "palette", field, this.#list, this.#said);
    this.#dialog.setAttribute("aria-label", NAME);
    Object.assign(this.#input, { type: "text", role: "combobox", placeholder: gettext("A room, a person, a task, or what to do"), autocomplete: "off", spellcheck: false, enterKeyHint: "go" });
    this.#list.id = "palette-list";
    this.#list.role = "listbox";
    this.#said.role = "status";
    this.#list.setAttribute("aria-label", gettext("Found"));
    const traits = { "aria-label": NAME, "aria-expanded": "true", "aria-controls": this.#list.id, "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(traits)) this.#input.setAttribute(name, value);
  }

  get #wanted() {
    return this.#input.value.trim();
  }

  #typed() {
    clearTimeout(this.#timer);
    this.#found = [];
    this.#at = 0;
    this.#isPointed = false;
    if (this.#wanted) this.#timer = setTimeout(() => this.#ask(this.#wanted), ASK_AFTER_MS);
    this.#show();
  }

  async #ask(wanted) {
    const response = await fetch(`/messaging/find/?${new URLSearchParams({ q: wanted })}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!response?.ok || wanted !== this.#wanted) return;
    this.#found = itemsFound(await response.json(), this.#inbox);
    this.#show();
  }

  #pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing || (!step && event.key !== "Enter")) return;
    event.preventDefault();
    if (step) this.#pointAt(this.#list.children[(this.#at + step + this.#shown.length) % this.#shown.length], true);
    else this.#chooseThis();
  }

  // What only the server may know is asked for before it is said not to be there.
  async #chooseThis() {
    if (this.#shown[0]?.id === "search" && this.#found.length === 0) await this.#ask(this.#wanted);
    if (this.#dialog.open) this.#choose(this.#list.children[this.#at]);
  }

  #choose(option) {
    const item = this.#shown[[...this.#list.children].indexOf(option)];
    if (!item) return;
    this.#dialog.close();
    item.run(this.#go);
  }

  #pointAt(option, isScrolled) {
    this.#isPointed ||= Boolean(option);
    this.#point(option, isScrolled);
  }

  #point(option, isScrolled = false) {
    if (!option || option === this.#list.children[this.#at] && option.ariaSelected === "true") return;
    this.#list.children[this.#at]?.setAttribute("aria-selected", "false");
    this.#at = [...this.#list.children].indexOf(option);
    option.setAttribute("aria-selected", "true");
    this.#input.setAttribute("aria-activedescendant", option.id);
    if (isScrolled) option.scrollIntoView({ block: "nearest" });
    clearTimeout(this.#intent);
    const { url } = this.#shown[this.#at];
    if (url) this.#intent = setTimeout(() => this.#dialog.open && this.#expect(url), MEANT_AFTER_MS);
  }

  #show() {
    const pointed = this.#isPointed ? this.#shown[this.#at]?.id : null; // stays, whatever comes before it
    this.#shown = [...this.#best(), ...this.#search()];
    this.#list.replaceChildren(...this.#shown.map((item, at) => option(item, at)));
    this.#at = Math.max(0, this.#shown.findIndex(({ id }) => id === pointed));
    this.#point(this.#list.children[this.#at]);
    this.#said.textContent = ngettext("{count} found", "{count} found", this.#shown.length);
  }

  #best() {
    const wanted = this.#wanted;
    const fits = [...this.#items, ...this.#found].map((item) => ({ ...item, fit: fit(wanted, item.name) })).filter((item) => item.fit);
    const likely = wanted ? fits : fits.filter(({ rank }) => rank >= -1);
    return likely.sort((one, other) => other.fit.score + other.rank - one.fit.score - one.rank || (one.name < other.name ? -1 : 1)).slice(0, MOST);
  }

  // What was said is looked up on a page of its own.
  #search() {
    const wanted = this.#wanted;
    if (!wanted) return [];
    const url = `/messaging/search/?${new URLSearchParams({ q: wanted })}`;
    return [{ id: "search", kind: gettext("Search"), name: gettext("Messages with “{words}”", { words: wanted }), note: "", icon: "search", fit: { places: [] }, run: (go) => go(url) }];
  }
}

function option({ id, kind, name, note, icon: picture, unread, mentions, fit: { places } }, at) {
  const badge = unread ? [make("span", mentions ? "badge accent" : "badge", String(unread), make("span", "visually-hidden", ` ${gettext("unread")}`))] : [];
  const item = make("li", "palette-option", icon(picture), make("span", "truncate", ...marked(name, places)), make("span", "palette-note truncate", note), ...badge, make("span", "palette-kind", kind));
  item.id = `palette-${at}-${id.replaceAll(/\W/g, "-")}`;
  item.role = "option";
  item.setAttribute("aria-selected", "false");
  return item;
}

// The letters that fit stand out.
function marked(name, places) {
  const fits = new Set(places);
  return [...name].map((letter, at) => (fits.has(at) ? make("b", "", letter) : letter));
}
