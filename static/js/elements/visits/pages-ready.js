// Pages of conversations that stand ready, so that going there takes no asking: fetched while nobody waits, and as good as
// new until the inbox tells of a change. What it does not tell of, such as a role, shows a while later.
import { atRest } from "elements/page/at-rest.js";

const MOST = 10;
const OLDEST_MS = 5 * 60_000;
const BUSY_MS = 500; // a server that takes so long has better to do

export class PagesReady {
  #pages = new Map(); // address -> {mark, at, answer, made}, the latest last
  #wanted = new Set(); // addresses
  #isAtIt = false;
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

  // When the browser is at rest, one after the other.
  prepare(addresses) {
    for (const address of addresses) this.#wanted.add(address);
    if (!this.#isAtIt) this.#prepareAll();
  }

  async #prepareAll() {
    this.#isAtIt = true;
    while (this.#wanted.size > 0) {
      await atRest();
      const [address] = this.#wanted;
      this.#wanted.delete(address);
      await this.#prepare(address).catch(() => this.#pages.delete(address));
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
    if (performance.now() - began > BUSY_MS) this.#wanted.clear();
    return answer;
  }

  #fresh(address) {
    const found = this.#pages.get(address);
    return found && Date.now() - found.at < OLDEST_MS && found.mark === this.#markOf(address) ? found : null;
  }
}
