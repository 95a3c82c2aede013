// The pages of a room's past, as a timeline wants them, and how much of it stays loaded.
const MOST = 300; // messages that are drawn
const AROUND = 90; // on each side of what is in sight stay when there are more
const TAIL = 50; // of the newest stay in any case, so that the end is never far

export class TimelinePages {
  #room;

  constructor(room) {
    this.#room = room;
  }

  // Before or after a place, or before or after all that is loaded.
  before(seq) {
    return this.#room.loadBefore(seq);
  }

  after(seq) {
    return this.#room.loadAfter(seq);
  }

  newest() {
    return this.#room.loadNewest();
  }

  around(seq) {
    return this.#room.loadAround(seq);
  }

  // Resolves with `around`: the place of the day's first message.
  day(date) {
    return this.#room.loadDay(date);
  }

  // Let go of what is far from these rows; it can be loaded again.
  letGo({ first, last }) {
    const { timeline } = this.#room;
    const seqs = timeline.messages.filter(({ seq }) => seq).map(({ seq }) => seq);
    if (seqs.length <= MOST || !first) return;
    const [from, to] = [seqs.indexOf(first.message.seq) - AROUND, seqs.indexOf(last.message.seq) + AROUND];
    timeline.letGo({ first: seqs[Math.max(from, 0)], last: seqs[Math.min(to, seqs.length - 1)], tail: TAIL });
  }
}
