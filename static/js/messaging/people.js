// The people I see whose name or picture has changed since the page was made, so that the page can be corrected.
//
//   event "change" (detail: [{user_id, username, display_name, avatar}]: those who have just changed)
//
// Each board has a revision of its people; for people with whom I share no board, the inbox has one, with null as board id. If
// the server names a higher revision than we know, because the line was closed meanwhile, it is asked who changed, one board
// after another.

export class People extends EventTarget {
  #send;
  #known; // board id -> the revision up to which its people are known
  #latest = new Map(); // board id -> the latest revision that the server named
  #asked; // the id of the board that the server was asked about
  #told = new Map(); // user id -> {person, boardId, revision}

  // `known`: Map of board id to the people_revision that the page shows.
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

  // The line was opened. `boards`: as in the frame `inbox`.
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

  // Of a board that I have just joined, the page shows nothing older than now. For people of no board, the page does not say
  // which revision it shows, so the latest change is asked for.
  boardsAre(boards) {
    for (const { board_id: id, people_revision: revision } of boards) {
      if (!this.#known.has(id)) this.#known.set(id, id === null ? Math.max(0, revision - 1) : revision);
    }
  }

  // A frame person_changed: a change, or the answer (with `since`).
  hear({ board_id: id, revision, since, people }) {
    const news = people.filter((person) => this.#take(person, id, revision));
    if (since !== null) this.#answered(id, people.length ? revision : Infinity);
    else if (!this.#isBehind(id)) this.#known.set(id, Math.max(this.#known.get(id) ?? 0, revision));
    if (news.length) this.dispatchEvent(new CustomEvent("change", { detail: news }));
  }

  // Returns whether that is new: every board that we share tells of the same change.
  #take(person, boardId, revision) {
    const before = this.#told.get(person.user_id);
    if (before?.boardId === boardId && before.revision > revision) return false;
    this.#told.set(person.user_id, { person, boardId, revision });
    return JSON.stringify(before?.person) !== JSON.stringify(person);
  }

  // A long answer comes in parts; an empty part is the last one.
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
