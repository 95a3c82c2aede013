// What stands beside a card's comments, as it is now: drawn anew by the server when somebody changes the card. What is begun
// here stays: the server writes nothing over what others wrote since.
import { renewWords } from "elements/cards/words-begun.js";
import { keepFocus } from "elements/common/focus.js";
import { pageNow } from "elements/page/as-now.js";
import { waitAgain } from "live/backoff.js";

const SETTLE_MS = 200; // several changes make one question

export class CardAsNow {
  #timer = null;
  #asked = new AbortController();

  // `signal` ends with the page.
  constructor({ signal }) {
    signal.addEventListener("abort", () => this.#stop());
  }

  // What could not be read is still to be read.
  renew(attempt = 0) {
    this.#stop();
    this.#asked = new AbortController();
    const pause = attempt ? waitAgain(attempt) : SETTLE_MS;
    this.#timer = setTimeout(() => this.#draw(this.#asked.signal, attempt), pause);
  }

  async #draw(signal, attempt) {
    const page = await pageNow({ signal });
    if (signal.aborted) return;
    if (page) show(page);
    else this.renew(attempt + 1);
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#asked.abort();
  }
}

function show(page) {
  for (const fresh of page.querySelectorAll("[data-of-card]")) {
    const shown = document.querySelector(`[data-of-card="${fresh.dataset.ofCard}"]`);
    if (shown?.matches("form[data-words-of]") && fresh.matches("form")) renewWords(shown, fresh);
    else if (shown && !isBegun(shown)) put(fresh, shown);
  }
}

function put(fresh, shown) {
  const focused = document.activeElement;
  keepFocus(() => shown.replaceWith(document.adoptNode(fresh)), () => twin(fresh, focused));
}

function twin(fresh, { localName, name, value }) {
  return [...fresh.querySelectorAll(localName)].find((one) => one.name === name && one.value === value);
}

// Whether something is chosen in it that is not sent yet.
function isBegun(part) {
  const isTurned = ({ type, checked, defaultChecked }) => type === "checkbox" && checked !== defaultChecked;
  const isOther = ({ selected, defaultSelected }) => selected !== defaultSelected;
  return [...part.querySelectorAll("input")].some(isTurned) || [...part.querySelectorAll("option")].some(isOther);
}
