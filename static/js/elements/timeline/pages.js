// The pages of a room's past, as a timeline wants them.
const KEPT = 300; // messages of a page that has been open long
const MOST = 600; // then it is cut down to KEPT

export class TimelinePages {
  #room;

  constructor(room) {
    this.#room = room;
  }

  before() {
    return this.#room.loadBefore();
  }

  after() {
    return this.#room.loadAfter();
  }

  newest() {
    return this.#room.loadNewest();
  }

  around(seq) {
    return this.#room.loadAround(seq);
  }

  // Let go of the oldest; they can be loaded again.
  letGo() {
    const { timeline } = this.#room;
    const sent = timeline.messages.filter(({ state }) => state === "sent");
    if (sent.length > MOST) timeline.replace({ messages: sent.slice(-KEPT), more_before: true, more_after: timeline.moreAfter });
  }
}
