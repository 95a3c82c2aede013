// A quiet word that the product can be an app of its own on this device; said until it is heard once, one way or the other.
import { keepFocus } from "elements/common/focus.js";

const HEARD = "prizmai-install-hint";

export class InstallHint extends HTMLElement {
  #listening = null;

  connectedCallback() {
    const [install, later] = this.querySelectorAll("button");
    install.onclick = () => this.#install();
    later.onclick = () => this.#done();
    this.#listening = new AbortController();
    window.addEventListener("beforeinstallprompt", () => this.#show(), { signal: this.#listening.signal });
    window.addEventListener("appinstalled", () => this.#done(), { signal: this.#listening.signal });
    this.#show();
  }

  disconnectedCallback() {
    this.#listening.abort();
  }

  // The browser's question was put by when it came (base.html): there is none where it cannot be installed, or is.
  #show() {
    this.hidden = !globalThis.installQuestion || wasHeard();
  }

  async #install() {
    const question = globalThis.installQuestion;
    globalThis.installQuestion = null;
    await question.prompt();
    this.#done();
  }

  #done() {
    keepFocus(() => (this.hidden = true));
    try {
      localStorage.setItem(HEARD, "1");
    } catch {
      // Without storage it is said again.
    }
  }
}

function wasHeard() {
  try {
    return localStorage.getItem(HEARD) === "1";
  } catch {
    return false;
  }
}

customElements.define("install-hint", InstallHint);
