// The switch between the light of the system, day and night.
import { icon } from "elements/common/icon.js";
import { makeButton } from "elements/common/make.js";
import { keepTheme } from "elements/page/theme.js";
import { gettext } from "language/gettext.js";

const THEMES = {
  auto: { icon: "sun-moon", words: gettext("Theme: as the system") },
  light: { icon: "sun", words: gettext("Theme: light") },
  dark: { icon: "moon", words: gettext("Theme: dark") },
};
const ORDER = Object.keys(THEMES);

export class ThemeSwitch extends HTMLElement {
  #button = makeButton("quiet icon-only small");

  connectedCallback() {
    this.#button.addEventListener("click", () => this.#next());
    this.replaceChildren(this.#button);
    this.refresh();
  }

  get #theme() {
    return document.documentElement.dataset.theme || "auto";
  }

  #next() {
    const theme = ORDER[(ORDER.indexOf(this.#theme) + 1) % ORDER.length];
    keepTheme(theme);
    for (const other of document.querySelectorAll("theme-switch")) other.refresh();
  }

  refresh() {
    const { icon: name, words } = THEMES[this.#theme];
    this.#button.replaceChildren(icon(name));
    this.#button.title = words;
    this.#button.setAttribute("aria-label", words);
  }
}

customElements.define("theme-switch", ThemeSwitch);
