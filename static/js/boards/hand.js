// The cards in somebody's hand on this page: what is told of them meanwhile waits until the hand opens.
export class Hand {
  #cards = new Map(); // task id -> {columnId: where it is without us, newest: the newest frame that waits, or null}

  get ids() {
    return [...this.#cards.keys()];
  }

  take(id, columnId) {
    this.#cards.set(Number(id), { columnId, newest: null });
  }

  holds(id) {
    return this.#cards.has(Number(id));
  }

  // An answer may come after what the line says of a later change.
  hear(card) {
    const held = this.#cards.get(card.task_id);
    if (!held.newest || held.newest.revision < card.revision) held.newest = card;
  }

  // {columnId, newest} of this card, which is not held any more.
  open(id) {
    const held = this.#cards.get(Number(id));
    this.#cards.delete(Number(id));
    return held ?? { columnId: null, newest: null };
  }
}
