// The state of the line in colour, icon and words; when all is well, the words fade but are still said.
import { showIcon } from "elements/icon.js";

const QUIET_AFTER_MS = 3_000;
const BACK_MS = 900;
const LOOKS = {
  connected: { colour: "good", icon: "wifi" },
  connecting: { colour: "warn", icon: "wifi" },
  reconnecting: { colour: "warn", icon: "refresh-cw" },
  "catching up": { colour: "warn", icon: "history" },
  offline: { colour: "warn", icon: "wifi-off" },
  disconnected: { colour: "bad", icon: "unplug" },
};

export class ConnectionStatus extends HTMLElement {
  #words = this.querySelector("[role=status]");
  #icon = this.querySelector(".icon");
  #button = this.querySelector("button");
  #timer = null;
  #state = "connecting";

  connectedCallback() {
    this.#button.addEventListener("click", () => this.dispatchEvent(new Event("retry")));
  }

  // `state`: a key of LOOKS. `attempt`: of the chain. `waiting`: messages not sent yet. `detail`: what went wrong, in words.
  show({ state, attempt = 0, waiting = 0, detail = "" }) {
    const { colour, icon } = LOOKS[state];
    const wasAway = this.#state !== "connected" && this.#state !== "connecting";
    this.dataset.colour = colour;
    showIcon(this.#icon, icon);
    this.#say(sentence(state, attempt, waiting, detail));
    this.#button.hidden = !(state === "disconnected" || state === "offline" || (state === "reconnecting" && attempt > 2));
    if (state === this.#state) return;
    this.#state = state;
    clearTimeout(this.#timer);
    delete this.dataset.quiet;
    if (state === "connected") this.#calm(wasAway);
  }

  #calm(wasAway) {
    if (wasAway) this.#shine();
    this.#timer = setTimeout(() => { this.dataset.quiet = ""; }, QUIET_AFTER_MS);
  }

  #shine() {
    this.dataset.back = "";
    setTimeout(() => delete this.dataset.back, BACK_MS);
  }

  #say(words) {
    if (this.#words.textContent !== words) this.#words.textContent = words;
    this.title = words;
  }
}

function sentence(state, attempt, waiting, detail) {
  const word = state[0].toUpperCase() + state.slice(1);
  const tries = state === "reconnecting" && attempt > 0 ? ` (${attempt})` : "";
  const rest = [detail, waiting > 0 && `${waiting} waiting`].filter(Boolean).join(", ");
  return `${word}${tries}${rest ? ` - ${rest}` : ""}`;
}

customElements.define("connection-status", ConnectionStatus);
