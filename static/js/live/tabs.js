// The tabs of one person share an outbox; each sends its own entries, and takes over those of a tab that is gone.
//
// A tab holds a lock with its own name for as long as it lives, and whoever gets the lock of another is its heir. Without
// Web Locks (a page served by plain http) everybody is an heir: an entry may then be sent twice, which its id makes safe.

import { newId } from "live/new-id.js";

const FOR_EVER = new Promise(() => {});

export class Tabs {
  #locks;
  #name;
  #mine;
  #asked = new Set();

  constructor({ locks, name, id = newId() }) {
    this.#locks = locks;
    this.#name = name;
    this.id = id;
    this.#mine = new Set([id]);
    this.#hold(id, () => {});
  }

  isMine(tab) {
    return this.#mine.has(tab);
  }

  // Once that tab is gone, and no other tab was quicker, its entries are ours and `inherited` is called.
  inherit(tab, inherited) {
    if (this.#mine.has(tab) || this.#asked.has(tab)) return;
    this.#asked.add(tab);
    this.#hold(tab, () => {
      this.#mine.add(tab);
      inherited();
    });
  }

  // Do `work` once no other tab is at it.
  async alone(what, work) {
    if (!this.#locks) return work();
    return this.#locks.request(`${this.#name} ${what}`, work);
  }

  #hold(tab, held) {
    if (!this.#locks) return held();
    const lock = this.#locks.request(`${this.#name} tab ${tab}`, () => (held(), FOR_EVER));
    lock.catch(() => { // locks are refused in some sandboxes: as good as none
      this.#locks = null;
      held();
    });
  }
}
