// <sidebar-places>: the places one can go to, as the inbox has them at this moment. What stands already stays where it is,
// so that neither focus nor scrolling is lost; counts and presence are shown by the page's inbox.
import { keepFocus } from "elements/common/focus.js";
import { post } from "elements/common/post.js";
import { readAloud } from "elements/common/read-aloud.js";
import { toast } from "elements/common/toast.js";
import { Folds } from "elements/sidebar/folds.js";
import { drawRow, makeRow } from "elements/sidebar/row.js";
import { listenToKeys } from "elements/sidebar/keys.js";
import { onStarHere, showStarHere } from "elements/sidebar/star-here.js";
import { markSidebar } from "elements/visits/swap.js";
import { gettext } from "language/gettext.js";
import { Favourites } from "messaging/favourites.js";
import { sectionsOf } from "messaging/sections.js";

export class SidebarPlaces extends HTMLElement {
  #inbox;
  #drafts;
  #here = null;
  #isDue = false;

  // `drafts`: of messaging/drafts.js; where something is begun has a pencil. `drawn()` is called when rows have come that
  // count nothing yet.
  start({ inbox, userId, drafts, drawn }) {
    this.#inbox = inbox;
    this.#drafts = drafts;
    drafts.addEventListener("change", () => this.draw());
    this.drawn = drawn;
    this.favourites = new Favourites({ inbox, userId, ask: favour });
    this.favourites.addEventListener("change", () => this.draw());
    this.favourites.addEventListener("refused", ({ detail }) => toast(detail));
    new Folds(this, userId);
    listenToKeys(this);
    onStarHere(() => this.favourites.toggle(this.#here));
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("dragstart", (event) => this.#dragged(event));
  }

  // `here`: the id of the conversation shown.
  turnTo(here) {
    this.#here = here;
    this.draw();
  }

  // Several changes make one drawing.
  draw() {
    if (this.#isDue || !this.#inbox?.isReady) return;
    this.#isDue = true;
    queueMicrotask(() => this.#draw());
  }

  #draw() {
    this.#isDue = false;
    const { conversations, boards } = this.#inbox;
    const begun = new Set(this.#drafts?.begun ?? []);
    const rows = new Map([...this.querySelectorAll("li[data-place]")].map((row) => [Number(row.dataset.place), row]));
    const sections = sectionsOf({ conversations, boards, favourites: this.favourites.list, here: this.#here });
    for (const section of sections) this.#drawSection(section, rows, begun);
    for (const row of rows.values()) row.remove(); // what is left has no place any more
    const keys = new Set(sections.map(({ key }) => key));
    for (const section of this.querySelectorAll("section")) if (!keys.has(section.dataset.section)) section.remove();
    markSidebar();
    showStarHere(this.favourites.has(this.#here));
    this.drawn();
  }

  #drawSection({ key, board, places }, rows, begun) {
    const section = this.querySelector(`[data-section="${key}"]`) ?? this.#makeSection(key);
    if (board) nameSection(section, board);
    section.toggleAttribute("data-empty", places.length === 0);
    const list = section.querySelector("ul");
    places.forEach((place, at) => {
      const row = rows.get(place.conversation_id) ?? makeRow(this.#pattern("place"));
      rows.delete(place.conversation_id);
      drawRow(row, place, { isBegun: begun.has(place.conversation_id), isFavourite: key === "favourites" });
      if (list.children[at] !== row) keepFocus(() => list.insertBefore(row, list.children[at] ?? null));
    });
  }

  // Boards stand in their order, before what is talked about directly.
  #makeSection(key) {
    const section = this.#pattern("board").content.firstElementChild.cloneNode(true);
    section.dataset.section = key;
    this.querySelector('[data-section="direct"]').before(section);
    return section;
  }

  #pattern(name) {
    return this.querySelector(`template[data-pattern="${name}"]`);
  }

  // One place up (-1) or down (1).
  step(id, by) {
    if (!this.favourites.step(id, by)) return readAloud(gettext("It cannot go further that way."));
    const { name, at, count } = this.#standingOf(id);
    readAloud(gettext("{text} is number {position} of {count} now.", { text: name, position: at + 1, count }));
  }

  #standingOf(id) {
    const { list } = this.favourites;
    const at = list.findIndex(({ conversation_id: one }) => one === id);
    return { name: list[at]?.name, at, count: list.length };
  }

  #clicked(event) {
    const button = event.target.closest("[data-star], [data-order]");
    if (!button) return;
    event.preventDefault();
    const id = Number(button.closest("li").dataset.place);
    if (button.matches("[data-star]")) this.favourites.toggle(id);
    else this.#order(button, id);
  }

  async #order(button, id) {
    const { chooseForFavourite } = await import("elements/sidebar/order-menu.js");
    const act = await chooseForFavourite(button, this.#standingOf(id));
    if (act === "out") this.favourites.drop(id);
    else if (act) this.step(id, act === "up" ? -1 : 1);
  }

  async #dragged(event) {
    const row = event.target.closest?.("li[data-place]");
    if (!row) return;
    event.dataTransfer.setData("text/x-prizmai-place", row.dataset.place);
    event.dataTransfer.effectAllowed = "copyMove";
    const { dragOver } = await import("elements/sidebar/drag.js");
    dragOver(this, row);
  }
}

function nameSection(section, { board_id: id, name, url }) {
  const [link, more] = [section.querySelector("[data-board-link]"), section.querySelector(".sidebar-more")];
  section.dataset.board = id;
  if (link.textContent !== name) link.textContent = name;
  link.href = url;
  if (!more) return;
  more.href = `/messaging/board/${id}/rooms/`;
  more.setAttribute("aria-label", gettext("Rooms of {name}: join or open one", { name }));
  section.querySelector(".sidebar-fold").setAttribute("aria-label", gettext("Rooms of {name}", { name }));
}

function favour(id, { on, before }) {
  return post(`/messaging/conversation/${id}/favourite/`, { on: on ? "1" : "0", before: before ?? "" });
}

customElements.define("sidebar-places", SidebarPlaces);
