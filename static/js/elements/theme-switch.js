// The switch between the light of the system, day and night; kept on the server when it can be, so every device agrees.
import { icon } from "elements/icon.js";
import { post } from "elements/post.js";

const THEMES = {
  auto: { icon: "sun-moon", words: "as the system" },
  light: { icon: "sun", words: "light" },
  dark: { icon: "moon", words: "dark" },
};
const ORDER = Object.keys(THEMES);

export class ThemeSwitch extends HTMLElement {
  #button = document.createElement("button");

  connectedCallback() {
    this.#button.className = "button quiet icon-only small";
    this.#button.type = "button";
    this.#button.addEventListener("click", () => this.#next());
    this.replaceChildren(this.#button);
    this.#draw();
  }

  get #theme() {
    return document.documentElement.dataset.theme || "auto";
  }

  #next() {
    const theme = ORDER[(ORDER.indexOf(this.#theme) + 1) % ORDER.length];
    document.documentElement.dataset.theme = theme;
    this.#draw();
    if (this.dataset.saveTo) post(this.dataset.saveTo, { theme }).catch(() => {});
  }

  #draw() {
    const { icon: name, words } = THEMES[this.#theme];
    this.#button.replaceChildren(icon(name));
    this.#button.title = `Theme: ${words}`;
    this.#button.setAttribute("aria-label", `Theme: ${words}`);
  }
}

customElements.define("theme-switch", ThemeSwitch);
