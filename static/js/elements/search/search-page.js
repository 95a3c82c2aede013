// The search page while one types: what is found follows the words, and the address follows too. Down goes from the field
// to what was found, and on through it; Escape comes back.
import { Completion } from "elements/search/completion.js";
import { make } from "elements/common/make.js";
import { RecentSearches } from "elements/search/recent-searches.js";
import { gettext, ngettext } from "language/gettext.js";
import { patience } from "live/patience.js";

const SETTLE_MS = 150; // between two letters
const KEPT_MS = 2_000; // a search that stands this long was meant

export class SearchPage extends HTMLElement {
  #timer = null;
  #keep = null;
  #underWay = new AbortController();
  #shown = "";

  connectedCallback() {
    this.#shown = this.#text.value;
    this.oninput = ({ target }) => target === this.#text && this.#typed();
    this.onclick = (event) => this.#clicked(event);
    this.onkeydown = (event) => this.#pressed(event);
    this.onsubmit = (event) => (event.preventDefault(), this.show(this.#address()));
    this.#showRecent();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    clearTimeout(this.#keep);
    this.#underWay.abort();
  }

  // `inbox` is the page's; it knows the places that in: completes.
  start({ inbox, signal }) {
    this.recent = new RecentSearches(document.body.dataset.user);
    new Completion({ field: this.#text, list: this.querySelector("#search-options"), inbox, signal, chosen: () => this.#typed() });
    this.#showRecent();
    const isToBeWritten = !this.#text.value || this.#text.value.endsWith(" ");
    if (isToBeWritten) setTimeout(() => this.isConnected && this.#focusText()); // after the page itself was given the focus
  }

  async show(address) {
    clearTimeout(this.#timer);
    this.#underWay.abort();
    const { signal } = (this.#underWay = new AbortController());
    const busy = setTimeout(() => this.#found.setAttribute("aria-busy", "true"), 300);
    const part = await this.#fetched(address, signal).catch(() => null);
    clearTimeout(busy);
    if (signal.aborted) return;
    this.#found.removeAttribute("aria-busy");
    if (!part) return this.#sayAway();
    history.replaceState(history.state, "", address);
    this.#put(part);
  }

  // -- within --------------------------------------------------------------------------------------------------------------

  get #text() {
    return this.querySelector("#search-text");
  }

  get #found() {
    return this.querySelector("#search-found");
  }

  get #hits() {
    return [...this.#found.querySelectorAll("a.hit, .search-more a, .search-recent a")];
  }

  #address() {
    return `${location.pathname}?${new URLSearchParams(new FormData(this.querySelector("form")))}`;
  }

  #typed() {
    clearTimeout(this.#timer);
    clearTimeout(this.#keep);
    this.#timer = setTimeout(() => this.show(this.#address()), SETTLE_MS);
    this.#keep = setTimeout(() => this.#remember(), KEPT_MS);
  }

  async #fetched(address, signal) {
    const url = new URL(address, location.href);
    url.searchParams.set("part", "1");
    const answer = await fetch(url, { signal: patience(signal), headers: { Accept: "text/html" } });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").body : null;
  }

  #put(part) {
    this.#shown = this.#text.value;
    this.#found.replaceChildren(...document.adoptNode(part).childNodes);
    this.#showRecent();
    const problem = this.#found.querySelector("[role=alert]");
    const count = this.#found.querySelector("[data-hits]")?.dataset.hits ?? (this.#found.querySelector(".empty") ? "0" : "");
    if (!problem && count) this.#say(foundInWords(count));
  }

  // Beside what was found before, until something is found again.
  #sayAway() {
    const words = gettext("The search could not be reached. It is tried again with the next letter.");
    if (!this.#found.querySelector(".search-away")) this.#found.prepend(make("p", "notice search-away", words));
    this.#say(words);
  }

  #say(words) {
    this.querySelector("[data-said]").textContent = words;
  }

  // What changes the search is done here; links to what was found are left to lead there.
  #clicked(event) {
    const link = event.target.closest("a[href^='?']");
    if (event.target.closest("a.hit")) this.#remember();
    if (event.target.closest("[data-forget]")) return this.#forget();
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const asked = new URL(link.href).searchParams;
    this.#text.value = asked.get("q") ?? "";
    for (const name of ["kind", "order"]) this.#set(name, asked.get(name));
    if (link.matches("[data-more]")) return this.#showMore(link);
    this.show(link.href);
    if (link.matches(".chip")) this.#focusText();
  }

  #set(name, value) {
    const form = this.querySelector("form");
    form.querySelector(`input[name=${name}]`)?.remove();
    if (!value) return;
    const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(input);
  }

  // What is further back is added below what stands there.
  async #showMore(link) {
    const holder = link.closest(".search-more");
    const part = await this.#fetched(link.href).catch(() => null);
    if (!part || !holder.isConnected) return;
    const [list, more] = [part.querySelector("[data-hits]"), part.querySelector(".search-more")];
    const here = this.#found.querySelector("[data-hits]");
    const rows = list ? [...list.children] : [];
    if (here) here.append(...rows);
    else if (list) holder.before(list);
    if (more) holder.replaceWith(more);
    else holder.remove();
    this.#say(rows.length > 0 ? ngettext("{count} more", "{count} more", rows.length) : gettext("No more"));
    (rows[0]?.querySelector("a") ?? this.#hits.at(-1))?.focus();
  }

  #pressed(event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isText = event.target === this.#text;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? (isText ? 0 : { j: 1, k: -1 }[event.key]);
    if (step) this.#step(step, event);
    else if (event.key === "Escape" && !isText) this.#focusText();
    else if (event.key === "Enter" && isText) this.#remember();
  }

  #step(by, event) {
    const places = [this.#text, ...this.#hits];
    const next = places[places.indexOf(document.activeElement) + by];
    if (!next || !places.includes(document.activeElement)) return;
    event.preventDefault();
    next.focus();
  }

  #focusText() {
    this.#text.focus();
    this.#text.setSelectionRange(this.#text.value.length, this.#text.value.length);
  }

  // -- searches of before --------------------------------------------------------------------------------------------------

  #remember() {
    if (this.#found.querySelector("a.hit")) this.recent?.add(this.#text.value);
  }

  #forget() {
    this.recent.forget();
    this.#showRecent();
    this.#focusText();
  }

  #showRecent() {
    const section = this.querySelector("[data-recent]");
    if (!section || !this.recent) return;
    const links = this.recent.all.map((text) => this.recent.row(text));
    section.querySelector("ul").replaceChildren(...links);
    section.hidden = links.length === 0;
  }
}

// `count`: "12", or "50+" where there may be more.
function foundInWords(count) {
  const found = Number.parseInt(count, 10);
  if (found === 0) return gettext("Nothing found");
  return count.endsWith("+") ? ngettext("{count} or more found", "{count} or more found", found) : ngettext("{count} found", "{count} found", found);
}

export function startPage({ inbox, signal }) {
  document.querySelector("search-page").start({ inbox: inbox.inbox, signal });
}

customElements.define("search-page", SearchPage);
