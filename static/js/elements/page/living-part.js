// A part of a page that the server draws anew whenever what it tells may have changed: how one stands in a conversation
// (<living-part data-conversation="12">), what there is to notice, or what no inbox tells of, so that it is looked at again
// and again (data-every="30", in seconds). What is within is marked data-part.
import { pageNow, renewParts } from "elements/page/as-now.js";

const SETTLE_MS = 200; // several changes make one question

export class LivingPart extends HTMLElement {
  #timer = null;
  #underWay = new AbortController();

  begin({ inbox, signal }) {
    if (this.dataset.every) this.#lookEvery(Number(this.dataset.every) * 1000, signal);
    else this.#hear(inbox, signal);
  }

  #hear(inbox, signal) {
    const about = Number(this.dataset.conversation);
    const names = about ? ["state", "change"] : ["state", "notification", "notifications"];
    const heard = ({ detail }) => (!about || !detail || detail.conversation_id === about) && this.#later();
    for (const name of names) inbox.addEventListener(name, heard, { signal });
  }

  #lookEvery(pause, signal) {
    const timer = setInterval(() => document.hidden || this.#draw(), pause);
    signal.addEventListener("abort", () => clearInterval(timer));
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#underWay.abort();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#draw(), SETTLE_MS);
  }

  async #draw() {
    this.#underWay.abort();
    const { signal } = (this.#underWay = new AbortController());
    const page = await pageNow({ signal });
    if (page && !signal.aborted) renewParts(page, this);
  }
}

export function startPage({ inbox: { inbox }, signal }) {
  for (const part of document.querySelectorAll("living-part")) part.begin({ inbox, signal });
}

customElements.define("living-part", LivingPart);
