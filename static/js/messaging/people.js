// The people I see who are called or look otherwise than when the page was made. What is drawn from older facts is
// set right by it.
//
//   event "change" (detail: [{user_id, username, display_name, avatar}]: those just told of)
//
// Boards count, and for those I share none with, the inbox does (its board id is null): told of a change above what is known
// of one, while the line was away or before it was opened, its people are asked for, one board after another.

export class People extends EventTarget {
  #send;
  #known; // board id -> the revision up to which its people are known
  #latest = new Map(); // board id -> the latest revision that the server spoke of
  #asked; // a board id
  #told = new Map(); // user id -> {person, boardId, revision}

  // `known`: Map of board id to the people_revision by which the page was drawn.
  constructor({ send, known = new Map() }) {
    super();
    this.#send = send;
    this.#known = new Map(known);
  }

  get all() {
    return [...this.#told.values()].map(({ person }) => person);
  }

  of(userId) {
    return this.#told.get(userId)?.person;
  }

  // A line has begun. `boards`: as told in `inbox`.
  startAnew(boards) {
    this.#asked = undefined;
    this.#latest.clear();
    for (const { board_id: id, people_revision: revision } of boards) {
      if (this.#known.get(id) > revision) this.#known.set(id, 0); // a backup was restored: another history
      this.#latest.set(id, revision);
    }
    this.boardsAre(boards);
    this.#askNext();
  }

  // What is drawn of a board that is mine only now is drawn from now on. Of those of no board no page says how far it knows
  // them: the latest may have come since.
  boardsAre(boards) {
    for (const { board_id: id, people_revision: revision } of boards) {
      if (!this.#known.has(id)) this.#known.set(id, id === null ? Math.max(0, revision - 1) : revision);
    }
  }

  // A frame person_changed: told by itself, or the answer.
  hear({ board_id: id, revision, since, people }) {
    const news = people.filter((person) => this.#take(person, id, revision));
    if (since !== null) this.#answered(id, people.length ? revision : Infinity);
    else if (!this.#isBehind(id)) this.#known.set(id, Math.max(this.#known.get(id) ?? 0, revision));
    if (news.length) this.dispatchEvent(new CustomEvent("change", { detail: news }));
  }

  // Whether that is news: they are told of by every board we share.
  #take(person, boardId, revision) {
    const before = this.#told.get(person.user_id);
    if (before?.boardId === boardId && before.revision > revision) return false;
    this.#told.set(person.user_id, { person, boardId, revision });
    return JSON.stringify(before?.person) !== JSON.stringify(person);
  }

  // A long answer comes in parts; where nobody is told of, nothing is left to tell.
  #answered(id, revision) {
    this.#known.set(id, Math.max(this.#known.get(id) ?? 0, Math.min(revision, this.#latest.get(id) ?? 0)));
    if (this.#asked === id) this.#asked = undefined;
    this.#askNext();
  }

  #askNext() {
    if (this.#asked !== undefined) return;
    const id = [...this.#latest.keys()].find((one) => this.#isBehind(one));
    if (id === undefined) return;
    this.#asked = id;
    this.#send({ type: "people", board_id: id, since: this.#known.get(id) });
  }

  #isBehind(id) {
    return (this.#known.get(id) ?? 0) < (this.#latest.get(id) ?? 0);
  }
}
