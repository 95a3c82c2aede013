// Presence is who is here, as far as we have been told.
//
//   people  Map user_id -> {user_id, display_name, status: "active", "away" or "offline", last_seen_iso?};
//   event "change"

export class Presence extends EventTarget {
  people = new Map();
  #isWhole = false; // the first update of a line is everybody, the later ones are changes

  statusOf(userId) {
    return this.people.get(userId)?.status ?? "offline";
  }

  // A new line: whoever is here will be told anew.
  restart() {
    this.#isWhole = false;
  }

  hear({ members }) {
    if (!this.#isWhole) this.people.clear();
    this.#isWhole = true;
    for (const person of members) this.people.set(person.user_id, { ...this.people.get(person.user_id), ...person });
    this.#changed();
  }

  came({ user_id, username }) {
    this.#set(user_id, username, "active");
  }

  left({ user_id, username }) {
    this.#set(user_id, username, "offline");
  }

  #set(userId, username, status) {
    const known = this.people.get(userId) ?? { user_id: userId, display_name: username };
    this.people.set(userId, { ...known, status });
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
