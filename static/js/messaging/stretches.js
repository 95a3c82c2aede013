// Which parts of a conversation are loaded: ranges of places (seq) without holes, and the holes between them. A range from 0
// has nothing before it; a range to Infinity also takes in messages that are still to come.

export class Stretches {
  #ranges = []; // [{first, last}] in order, never touching

  get holes() {
    return this.#ranges.slice(1).map(({ first }, place) => ({ after: this.#ranges[place].last, before: first }));
  }

  get first() {
    return this.#ranges[0]?.first ?? Infinity;
  }

  get last() {
    return this.#ranges.at(-1)?.last ?? -Infinity;
  }

  has(seq) {
    return this.#ranges.some(({ first, last }) => first <= seq && seq <= last);
  }

  // `first` to `last` are loaded; ranges that touch are joined.
  add(first, last) {
    const touches = (range) => range.first <= last + 1 && first <= range.last + 1;
    const [near, far] = [this.#ranges.filter(touches), this.#ranges.filter((range) => !touches(range))];
    const joined = { first: Math.min(first, ...near.map((one) => one.first)), last: Math.max(last, ...near.map((one) => one.last)) };
    this.#ranges = [...far, joined].sort((one, other) => one.first - other.first);
  }

  // `first` to `last` are not loaded any more.
  drop(first, last) {
    if (first > last) return;
    this.#ranges = this.#ranges.flatMap((range) => [
      { first: range.first, last: Math.min(range.last, first - 1) },
      { first: Math.max(range.first, last + 1), last: range.last },
    ].filter((rest) => rest.first <= rest.last));
  }
}
