// The columns and cards as they stand on the page. Whatever changes them, a frame or an answer, comes through here.
import { Hand } from "boards/hand.js";
import { indexFor } from "boards/order.js";
import { drawFaces } from "elements/board/board-faces.js";
import { controlInFocus, controlOf, scrollAgain, scrollsIn } from "elements/board/board-place.js";
import { drawCard } from "elements/board/card-face.js";
import { takeAway } from "elements/board/cards-shown.js";
import { drawColumn, drawCount } from "elements/board/column-face.js";
import { keepFocus } from "elements/common/focus.js";

export class BoardColumns {
  #root;
  #hand = new Hand();

  constructor(root) {
    this.#root = root;
  }

  card(id) {
    return this.#strip.querySelector(`[data-task="${id}"].card`);
  }

  column(id) {
    return this.#strip.querySelector(`[data-column="${id}"]`);
  }

  list(columnId) {
    return this.column(columnId)?.querySelector("[data-cards]");
  }

  get lists() {
    return [...this.#strip.querySelectorAll("[data-cards]")];
  }

  // Take in a frame; what the page already shows, or something newer, stays.
  show(frame) {
    if ("task_id" in frame) this.#showCard(frame);
    else if ("column_id" in frame) this.#showColumn(frame);
    else if (frame.type === "board_renamed") this.#showName(frame.name);
    else if (frame.type === "people_changed") drawFaces(document.querySelector("[data-faces]"), frame.people);
  }

  hold(li) {
    this.#hand.take(li.dataset.task, columnOf(li));
  }

  // Whether a card that is held is on the board no more.
  isGone(id) {
    return this.#hand.isGone(id);
  }

  // Once nothing holds it, the card goes where the newest word of the server has it, or else back.
  release(id) {
    const held = this.#hand.open(id);
    const li = this.card(id);
    if (held?.newest) this.show(held.newest);
    else if (held && li) this.#put(li, held.columnId, li.dataset.rank);
  }

  // Put a card before another, or last, without asking anybody.
  move(li, list, before) {
    if (li.parentElement === list && li.nextElementSibling === before) return;
    keepFocus(() => list.insertBefore(li, before));
    this.count();
  }

  // Those that a filter hides are there, too.
  count() {
    for (const list of this.lists) drawCount(list.closest("[data-column]"), list.childElementCount);
    this.#root.dispatchEvent(new Event("counted"));
  }

  // Everything anew from a page fetched again; what is being typed stays, and what is in a hand.
  replace(strip) {
    const typed = [...this.#strip.querySelectorAll("input[id]:not([type=hidden])")].map(({ id, value }) => [id, value]);
    const [focused, control] = [document.activeElement?.id, controlInFocus()];
    const lifted = this.#strip.querySelector(".card[data-lifted]")?.dataset.task;
    const scrolls = scrollsIn(this.#root);
    this.#strip.replaceWith(strip);
    for (const id of this.#hand.ids) this.#learn(id);
    this.card(lifted)?.toggleAttribute("data-lifted", true);
    for (const [id, value] of typed) if (document.getElementById(id)) document.getElementById(id).value = value;
    (document.getElementById(focused) ?? controlOf(control))?.focus({ preventScroll: true });
    this.#root.dispatchEvent(new Event("replaced"));
    scrollAgain(this.#root, scrolls);
  }

  // What waited for it is on the page that came, or is told again.
  #learn(id) {
    const li = this.card(id);
    if (li) this.#hand.learn(id, columnOf(li));
    else this.#hand.forget(id);
  }

  get #strip() {
    return this.#root.querySelector("[data-columns]");
  }

  #showCard(card) {
    let li = this.card(card.task_id);
    if (li && Number(li.dataset.revision) >= card.revision) return;
    if (this.#hand.holds(card.task_id)) return this.#hand.hear(card);
    if (card.type === "card_archived") takeAway(li);
    else {
      li ??= this.#cast("[data-card-template]");
      drawCard(li, card);
      this.#put(li, card.column_id, card.rank);
    }
    this.count();
  }

  #put(li, columnId, rank) {
    const list = this.list(columnId);
    if (!list) return;
    const others = [...list.children].filter((other) => other !== li);
    this.move(li, list, others[indexFor(rank, others.map((other) => other.dataset.rank))] ?? null);
  }

  #showColumn(column) {
    let section = this.column(column.column_id);
    if (section && Number(section.dataset.revision) >= column.revision) return;
    if (column.type === "column_removed") return this.#removeColumn(section);
    section ??= this.#castColumn(column.column_id);
    drawColumn(section, column);
    const others = [...this.#strip.querySelectorAll("[data-column]")].filter((other) => other !== section);
    const before = others[indexFor(column.rank, others.map((other) => other.dataset.rank))];
    const next = before ?? this.#strip.querySelector("[data-new-column]");
    if (section.nextElementSibling !== next || !section.isConnected) keepFocus(() => this.#strip.insertBefore(section, next));
    this.count();
  }

  // A card that is held over it is on the board still.
  #removeColumn(section) {
    for (const li of section?.querySelectorAll(".card") ?? []) this.#put(li, this.#hand.columnOf(li.dataset.task), li.dataset.rank);
    const beside = section?.previousElementSibling ?? section?.nextElementSibling;
    keepFocus(() => section?.remove(), () => beside?.querySelector("summary, input:not([type=hidden])"));
  }

  #showName(name) {
    document.querySelector("[data-board-name]").textContent = name;
  }

  #cast(selector) {
    return this.#root.querySelector(selector).content.firstElementChild.cloneNode(true);
  }

  // The mould says 0 wherever the column's number belongs.
  #castColumn(id) {
    const section = this.#cast("[data-column-template]");
    section.dataset.column = id;
    for (const form of section.querySelectorAll("form")) form.setAttribute("action", form.getAttribute("action").replace("/0/", `/${id}/`));
    for (const part of section.querySelectorAll("[id$='-0']")) part.id = part.id.replace(/-0$/, `-${id}`);
    for (const label of section.querySelectorAll("[for$='-0']")) label.htmlFor = label.htmlFor.replace(/-0$/, `-${id}`);
    return section;
  }
}

export function columnOf(li) {
  return li.closest("[data-column]").dataset.column;
}
