// The cards in somebody's hand on this page: what is told of them meanwhile waits until the hand opens.
export class Hand {
  #newest = new Map(); // task id -> the newest frame that waits, or null

  take(id) {
    this.#newest.set(Number(id), null);
  }

  holds(id) {
    return this.#newest.has(Number(id));
  }

  // An answer may come after what the line says of a later change.
  hear(card) {
    const known = this.#newest.get(card.task_id);
    if (!known || known.revision < card.revision) this.#newest.set(card.task_id, card);
  }

  // What has waited for this card, or null.
  open(id) {
    const newest = this.#newest.get(Number(id)) ?? null;
    this.#newest.delete(Number(id));
    return newest;
  }

  clear() {
    this.#newest.clear();
  }
}
