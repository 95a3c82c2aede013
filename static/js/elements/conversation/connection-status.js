// The state of the line in colour, icon and words; when all is well the words fade, but are still said.
import { keepFocus } from "elements/common/focus.js";
import { showIcon } from "elements/common/icon.js";
import { statusOf } from "messaging/status.js";

const QUIET_AFTER_MS = 3_000;
const BACK_MS = 900;
const PATIENCE_MS = 1_500; // with a line of a page that took the place of another: mostly it stands at once
const AWAY = new Set(["reconnecting", "offline", "disconnected"]);
const ICONS = {
  connected: "wifi",
  connecting: "wifi",
  reconnecting: "refresh-cw",
  "catching up": "history",
  offline: "wifi-off",
  disconnected: "unplug",
};

export class ConnectionStatus extends HTMLElement {
  #words = this.querySelector("[role=status]");
  #icon = this.querySelector(".icon");
  #button = this.querySelector("button");
  #timer = null;
  #shown = "connecting warn"; // state and colour
  #wasAway = false;
  #arriving = null; // a timer
  #gone = new AbortController();

  connectedCallback() {
    if (!("whole" in document.documentElement.dataset)) return;
    this.dataset.quiet = "";
    this.#arriving = setTimeout(() => this.#arrived(), PATIENCE_MS);
  }

  disconnectedCallback() {
    this.#gone.abort();
    clearTimeout(this.#timer);
    clearTimeout(this.#arriving);
  }

  // Show a line that has nobody else to speak for it.
  attend({ connection, outbox }) {
    const show = () => this.show(statusOf({ connection, waiting: outbox.unsent(), isKept: outbox.isDurable }));
    connection.addEventListener("state", show, { signal: this.#gone.signal });
    outbox.addEventListener("change", show, { signal: this.#gone.signal });
    this.addEventListener("retry", () => connection.retryNow());
    show();
  }

  // `status`: of messaging/status.js.
  show({ state, colour, words, canRetry, error }) {
    this.dataset.colour = colour;
    showIcon(this.#icon, ICONS[state]);
    this.#say(error ? `${words}: ${error}` : words);
    if (this.#button.hidden === canRetry) keepFocus(() => (this.#button.hidden = !canRetry));
    this.#button.onclick = () => this.dispatchEvent(new Event("retry"));
    if (`${state} ${colour}` === this.#shown) return;
    this.#shown = `${state} ${colour}`;
    this.#become(state, colour === "good");
  }

  #become(state, isWell) {
    if (AWAY.has(state)) this.#wasAway = true;
    if (this.#arriving && !AWAY.has(state) && (isWell || state !== "connected")) return isWell && this.#forgetArriving();
    this.#forgetArriving();
    clearTimeout(this.#timer);
    delete this.dataset.quiet;
    if (!isWell) return;
    if (this.#wasAway) this.#shine();
    this.#timer = setTimeout(() => { this.dataset.quiet = ""; }, QUIET_AFTER_MS);
  }

  // It takes its time, so that is said.
  #arrived() {
    this.#arriving = null;
    delete this.dataset.quiet;
  }

  #forgetArriving() {
    clearTimeout(this.#arriving);
    this.#arriving = null;
  }

  #shine() {
    this.#wasAway = false;
    this.dataset.back = "";
    setTimeout(() => delete this.dataset.back, BACK_MS);
  }

  #say(words) {
    if (this.#words.textContent !== words) this.#words.textContent = words;
    this.title = words;
  }
}

customElements.define("connection-status", ConnectionStatus);
