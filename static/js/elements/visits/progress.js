// A thin line that says that a page is on its way, once that takes long enough to wonder.
const PATIENCE_MS = 300;

export class Progress {
  #line = document.createElement("div");
  #timer = null;

  constructor() {
    this.#line.className = "progress";
    this.#line.hidden = true;
    document.body.append(this.#line);
  }

  start() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(true), PATIENCE_MS);
  }

  stop() {
    clearTimeout(this.#timer);
    this.#show(false);
  }

  #show(isOn) {
    this.#line.hidden = !isOn;
    document.querySelector(".app > .main")?.toggleAttribute("aria-busy", isOn);
  }
}
