// The history of a conversation, page by page, over HTTP.

import { gettext } from "language/gettext.js";
import { patience } from "live/patience.js";

class HistoryError extends Error {
  // `status` of HTTP; 0 if there was no answer, 401 if we are signed out.
  constructor(status) {
    super(gettext("The history could not be read ({status}).", { status }));
    this.status = status;
  }
}

export class History {
  #url;
  #fetch;

  constructor({ url, fetch = globalThis.fetch }) {
    this.#url = url;
    this.#fetch = (...request) => fetch(...request);
  }

  // {messages, first_seq, last_seq, revision, epoch, more_before, more_after}. `place`: {before: seq}, {after: seq},
  // {around: seq}, or nothing for the newest. Rejects with a HistoryError.
  async page(place = {}) {
    const response = await this.#ask(`${this.#url}?${new URLSearchParams(place)}`);
    if (!response.ok) throw new HistoryError(response.type === "opaqueredirect" ? 401 : response.status);
    return response.json().catch(() => { throw new HistoryError(0); });
  }

  async #ask(url) {
    try {
      return await this.#fetch(url, { headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store", signal: patience() });
    } catch {
      throw new HistoryError(0);
    }
  }
}
