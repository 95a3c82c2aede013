// The cards that are in somebody's hand on this page, or under way from it: what is told of them waits until nothing holds
// them any more.
export class Hand {
  #cards = new Map(); // task id -> {holds: how many, columnId: where it is without us, newest: the newest frame, or null}

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

  // Where it is without us, by the newest word of the server; undefined of what nothing holds.
  columnOf(id) {
    const held = this.#cards.get(Number(id));
    return held?.newest?.column_id ?? held?.columnId;
  }

  // Whether it left the board meanwhile.
  isGone(id) {
    return this.#cards.get(Number(id))?.newest?.type === "card_archived";
  }

  // An answer may come after what the line says of a later change.
  hear(card) {
    const held = this.#cards.get(card.task_id);
    if (!held.newest || held.newest.revision < card.revision) held.newest = card;
  }

  // The board was loaded anew, and has it in this column.
  learn(id, columnId) {
    Object.assign(this.#cards.get(id), { columnId, newest: null });
  }

  // {columnId, newest} of this card when that was the last hold, else null.
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
