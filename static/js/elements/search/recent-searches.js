// What was searched for on this device, the latest first. It stays here, and goes when its person signs out.
import { icon } from "elements/common/icon.js";
import { make } from "elements/common/make.js";

const MOST = 8;
const KEPT_AS = "prizmai-searches-";

export class RecentSearches {
  #key;

  constructor(userId) {
    this.#key = KEPT_AS + userId;
  }

  get all() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.#key));
      return Array.isArray(kept) ? kept.filter((text) => typeof text === "string").slice(0, MOST) : [];
    } catch {
      return []; // a browser that keeps nothing
    }
  }

  add(text) {
    const wanted = text.trim();
    if (wanted) this.#keep([wanted, ...this.all.filter((one) => one !== wanted && !wanted.startsWith(one))]);
  }

  forget() {
    this.#keep([]);
  }

  row(text) {
    const link = make("a", "row", icon("history"), make("span", "row-body truncate", text));
    link.href = `?${new URLSearchParams({ q: text })}`;
    return make("li", "", link);
  }

  #keep(texts) {
    try {
      localStorage.setItem(this.#key, JSON.stringify(texts.slice(0, MOST)));
    } catch {
      // it is but a convenience
    }
  }
}
