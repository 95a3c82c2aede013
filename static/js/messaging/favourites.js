// Favourites are conversations in an order of our own. A change shows at once, and is sent to the server; what counts is what
// the inbox then tells. The tabs of a browser share what waits for a network: of each favourite, the last choice counts.
//
//   list    the favourites, in order;  event "change", "refused" (detail: a sentence)

import { parsed, reachable } from "live/storage.js";

const KEPT = "prizmai-favourites"; // changes that wait for a network

export class Favourites extends EventTarget {
  #inbox;
  #ask;
  #storage;
  #key;
  #wishes; // Map conversation id -> {on, before, was: its rank before, isTaken: whether the server has accepted it}

  // `ask(id, {on, before})` resolves to {} if the server accepts, {refusal: a sentence}, or null without a network.
  constructor({ inbox, ask, userId, storage = reachable("localStorage"), events = globalThis }) {
    super();
    this.#inbox = inbox;
    this.#ask = ask;
    this.#storage = storage;
    this.#key = `${KEPT}-${userId}`;
    this.#wishes = this.#kept;
    inbox.addEventListener("state", () => this.#askAll());
    inbox.addEventListener("change", ({ detail }) => this.#told(detail));
    events.addEventListener?.("storage", ({ key }) => key === this.#key && this.#wishedElsewhere());
  }

  get list() {
    const places = this.#inbox.conversations;
    const told = [...places.values()].filter(({ favourite }) => favourite).sort((one, other) => (one.favourite < other.favourite ? -1 : 1));
    let ids = told.map(({ conversation_id: id }) => id);
    for (const [id, { on, before }] of this.#wishes) ids = moved(ids, id, on, before);
    return ids.map((id) => places.get(id)).filter(Boolean);
  }

  has(id) {
    return this.list.some(({ conversation_id: one }) => one === id);
  }

  // Make it a favourite, before the other one with that id, or last.
  put(id, before = null) {
    this.#wish(id, { on: true, before });
  }

  drop(id) {
    this.#wish(id, { on: false, before: null });
  }

  toggle(id) {
    if (this.has(id)) this.drop(id);
    else this.put(id);
  }

  // Move it one place up (-1) or down (1) among the favourites. Returns whether that was possible.
  step(id, by) {
    const ids = this.list.map(({ conversation_id: one }) => one);
    const at = ids.indexOf(id);
    if (at < 0 || at + by < 0 || at + by >= ids.length) return false;
    this.put(id, ids[by < 0 ? at - 1 : at + 2] ?? null);
    return true;
  }

  #wish(id, { on, before }) {
    const wish = { on, before, was: this.#inbox.conversation(id)?.favourite };
    this.#put(id, wish);
    const kept = this.#kept;
    kept.delete(id);
    this.#keep(kept.set(id, { on, before }));
    this.#askFor(id, wish);
  }

  #put(id, wish) {
    this.#wishes.delete(id); // so that the latest wish is applied last
    this.#wishes.set(id, wish);
  }

  #askAll() {
    for (const [id, wish] of this.#wishes) if (wish.isTaken) this.#forget(id);
    else this.#askFor(id, wish);
  }

  async #askFor(id, wish) {
    const answer = await this.#ask(id, wish);
    if (!answer || this.#wishes.get(id) !== wish) return;
    wish.isTaken = true;
    if (answer.refusal || this.#isSo(id, wish)) this.#forget(id);
    if (answer.refusal) this.dispatchEvent(new CustomEvent("refused", { detail: answer.refusal }));
  }

  // The server may tell the new order before or after it answers; in both cases the wish is over then.
  #told({ conversation_id: id }) {
    if (this.#wishes.has(id) && this.#isSo(id, this.#wishes.get(id))) this.#forget(id);
  }

  #isSo(id, { on, was }) {
    const { favourite = "" } = this.#inbox.conversation(id) ?? {};
    return on ? favourite !== "" && favourite !== was : favourite === "";
  }

  // Another tab may have chosen anew since.
  #forget(id) {
    const [kept, wish] = [this.#kept, this.#wishes.get(id)];
    this.#wishes.delete(id);
    if (isSame(kept.get(id), wish)) kept.delete(id);
    this.#keep(kept);
  }

  // Map conversation id -> {on, before}, of all tabs
  get #kept() {
    return new Map(parsed(this.#storage?.getItem(this.#key)) ?? []);
  }

  #keep(kept) {
    try {
      if (kept.size) this.#storage?.setItem(this.#key, JSON.stringify([...kept]));
      else this.#storage?.removeItem(this.#key);
    } catch {
      // If storage is full, the wishes last as long as the page.
    }
    this.dispatchEvent(new Event("change"));
  }

  #wishedElsewhere() {
    const kept = this.#kept;
    for (const id of this.#wishes.keys()) if (!kept.has(id)) this.#wishes.delete(id);
    for (const [id, wish] of kept) {
      if (!isSame(wish, this.#wishes.get(id))) this.#put(id, { ...wish, was: this.#inbox.conversation(id)?.favourite });
    }
    this.dispatchEvent(new Event("change"));
  }
}

function isSame(one, other) {
  return one?.on === other?.on && one?.before === other?.before;
}

function moved(ids, id, on, before) {
  const others = ids.filter((one) => one !== id);
  if (!on) return others;
  const at = others.indexOf(before);
  return others.toSpliced(at < 0 ? others.length : at, 0, id);
}
