// The cards that are held on this page: dragged, or moved and not saved yet. Frames about them wait until nothing holds them.
export class Hand {
  #cards = new Map(); // task id -> {holds: how many, columnId: the column where the server has it, newest: the newest frame or null}

  get ids() {
    return [...this.#cards.keys()];
  }

  take(id, columnId) {
    const held = this.#cards.get(Number(id));
    if (held) held.holds += 1;
    else this.#cards.set(Number(id), { holds: 1, columnId, newest: null });
  }

  holds(id) {
    return this.#cards.has(Number(id));
  }

  // The column where the server has it; undefined if nothing holds it.
  columnOf(id) {
    const held = this.#cards.get(Number(id));
    return held?.newest?.column_id ?? held?.columnId;
  }

  // Whether it left the board meanwhile.
  isGone(id) {
    return this.#cards.get(Number(id))?.newest?.type === "card_archived";
  }

  // An answer may come after a frame that tells of a later change.
  hear(card) {
    const held = this.#cards.get(card.task_id);
    if (!held.newest || held.newest.revision < card.revision) held.newest = card;
  }

  // The board was loaded again, and has the card in this column.
  learn(id, columnId) {
    Object.assign(this.#cards.get(id), { columnId, newest: null });
  }

  // Ends one hold. Returns {columnId, newest} of the card if it was the last one, else null.
  open(id) {
    const held = this.#cards.get(Number(id));
    if (!held) return null;
    held.holds -= 1;
    return held.holds === 0 ? this.forget(id) : null;
  }

  forget(id) {
    const held = this.#cards.get(Number(id));
    this.#cards.delete(Number(id));
    return held;
  }
}
