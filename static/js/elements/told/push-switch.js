// A switch for being woken in this browser, which says honestly how things stand.
import { leaveBrowserInPeace, stateOfBrowser, wakeBrowser } from "elements/told/browser.js";
import { gettext } from "language/gettext.js";

const WORDS = {
  insecure: gettext("This page did not come by https, and browsers can be woken only by pages that did."),
  unsupported: gettext("This browser cannot be woken. On an iPhone or iPad it can once PrizmAI is on the home screen."),
  denied: gettext("This browser was told to let nobody of this site wake it. That is changed in its own settings for the site."),
  on: gettext("This browser is woken when something is about you and you are not looking."),
  off: gettext("This browser is not woken."),
};
const ASKS = { on: gettext("Leave this browser in peace"), off: gettext("Wake this browser") };

export class PushSwitch extends HTMLElement {
  #words = this.querySelector("[role=status]");
  #button = this.querySelector("button");

  connectedCallback() {
    this.#button.onclick = () => this.#turn();
    this.#show();
  }

  async #show() {
    const state = await stateOfBrowser();
    this.dataset.state = state;
    this.#words.textContent = WORDS[state];
    this.#button.hidden = !ASKS[state];
    this.#button.textContent = ASKS[state] ?? "";
  }

  async #turn() {
    this.#button.ariaBusy = "true";
    try {
      if (this.dataset.state === "on") await leaveBrowserInPeace();
      else await wakeBrowser(this.dataset.key, Number(document.body.dataset.user));
      await this.#show();
    } catch (error) {
      this.#words.textContent = gettext("That did not work: {reason}", { reason: error.message });
    } finally {
      this.#button.ariaBusy = null;
    }
  }
}

customElements.define("push-switch", PushSwitch);
