// Pages of conversations that stand ready, so that going there takes no asking: fetched while nobody waits, and as good as
// new until the inbox tells of a change. What it does not tell of, such as a role, shows a while later.
import { atRest } from "elements/common/at-rest.js";

const MOST = 10;
const OLDEST_MS = 5 * 60_000;
const BUSY_MS = 500; // a server that takes so long has better to do
const SHARE = 10; // of the time, one part is the server's work for us, so that all who come at once leave it some

export class PagesReady {
  #pages = new Map(); // address -> {mark, at, answer, made}, the latest last
  #wanted = new Set(); // addresses
  #isAtIt = false;
  #took = 0; // milliseconds, the latest answer
  #markOf;
  #ask;
  #make;

  // `markOf(address)`: what is another once something has changed there, or null if nobody knows. `ask(address)` resolves
  // to an answer of the server, of which `make(answer)` makes a page, each time another.
  constructor({ markOf, ask, make }) {
    this.#markOf = markOf;
    this.#ask = ask;
    this.#make = make;
  }

  has(address) {
    return Boolean(this.#fresh(address)?.made);
  }

  // A promise of the page, which is the taker's from now on; nothing, if none is ready.
  take(address) {
    const found = this.#fresh(address);
    const { made = null } = found ?? {};
    if (found) found.made = null;
    return made;
  }

  // When the browser is at rest, one after the other; these before those that wait already.
  prepare(addresses) {
    this.#wanted = new Set([...addresses, ...this.#wanted]);
    if (!this.#isAtIt) this.#prepareAll();
  }

  async #prepareAll() {
    this.#isAtIt = true;
    while (this.#wanted.size > 0) {
      await atRest();
      const [address] = this.#wanted;
      this.#wanted.delete(address);
      await this.#prepare(address).catch(() => this.#pages.delete(address));
      if (this.#wanted.size > 0) await this.#leaveTime();
    }
    this.#isAtIt = false;
  }

  async #prepare(address) {
    const mark = this.#markOf(address);
    if (mark === null || document.hidden || this.has(address)) return;
    const entry = this.#fresh(address) ?? { mark, at: Date.now(), answer: await this.#answer(address) };
    entry.made = this.#make(entry.answer);
    this.#pages.delete(address);
    this.#pages.set(address, entry);
    for (const old of [...this.#pages.keys()].slice(0, -MOST)) this.#pages.delete(old);
    await entry.made;
  }

  async #answer(address) {
    const began = performance.now();
    const answer = await this.#ask(address);
    this.#took = performance.now() - began;
    if (this.#took > BUSY_MS) this.#wanted.clear();
    return answer;
  }

  async #leaveTime() {
    const pause = (SHARE - 1) * this.#took;
    this.#took = 0;
    await new Promise((over) => setTimeout(over, pause));
  }

  #fresh(address) {
    const found = this.#pages.get(address);
    const isFresh = found && Math.abs(Date.now() - found.at) < OLDEST_MS; // the clock may have been put back
    return isFresh && found.mark === this.#markOf(address) ? found : null;
  }
}
