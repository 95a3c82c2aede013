// The pictures of a conversation in their order, fetched a page at a time on either side of the one in hand.
export class GalleryShelf {
  #url;
  #fetch;
  #files;
  #at = 0;
  #more = { before: true, after: true };

  // `first`: the file to begin with.
  constructor({ url, first, fetch = globalThis.fetch }) {
    this.#url = url;
    this.#fetch = (...request) => fetch(...request);
    this.#files = [first];
  }

  get file() {
    return this.#files[this.#at];
  }

  get hasBefore() {
    return this.#at > 0 || this.#more.before;
  }

  get hasAfter() {
    return this.#at < this.#files.length - 1 || this.#more.after;
  }

  // Both ways from the first one.
  look() {
    return Promise.all([this.#take("before"), this.#take("after")]);
  }

  // Resolves to whether there is one there.
  async step(steps) {
    const side = steps < 0 ? "before" : "after";
    if (!this.#files[this.#at + steps] && this.#more[side]) await this.#take(side);
    if (!this.#files[this.#at + steps]) return false;
    this.#at += steps;
    return true;
  }

  async #take(side) {
    const end = side === "before" ? this.#files[0] : this.#files.at(-1);
    const page = await this.#page({ pictures: 1, [side]: end.id });
    if (!page || end !== (side === "before" ? this.#files[0] : this.#files.at(-1))) return;
    this.#more[side] = page[`more_${side}`];
    if (side === "after") return this.#files.push(...page.files);
    this.#files.unshift(...page.files);
    this.#at += page.files.length;
  }

  // Null when it could not be had; it is asked for again at the next step.
  async #page(place) {
    try {
      const answer = await this.#fetch(`${this.#url}?${new URLSearchParams(place)}`, { headers: { Accept: "application/json" } });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }
}
