// The button that leads to the end, and says when something new is there.
export class ToEnd {
  #button;
  #unseen = 0;

  constructor(button, go) {
    this.#button = button;
    button.addEventListener("click", go);
  }

  count() {
    this.#unseen += 1;
  }

  show({ isAtEnd }) {
    if (isAtEnd) this.#unseen = 0;
    this.#button.hidden = isAtEnd;
    this.#button.toggleAttribute("data-new", this.#unseen > 0);
    this.#button.querySelector("span").textContent = this.#unseen > 0 ? `New messages below (${this.#unseen})` : "To the end";
  }
}
