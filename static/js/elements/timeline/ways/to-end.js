// The button that leads to the end, and says how much is new there.
import { gettext, ngettext } from "language/gettext.js";

export class ToEnd {
  #button;
  #unseen = new Set(); // of messages

  constructor(button, go) {
    this.#button = button;
    button.addEventListener("click", go);
  }

  count({ seq, kind }) {
    if (kind !== "system") this.#unseen.add(seq);
  }

  // `seen`: up to which place there is nothing new any more.
  show({ isAtEnd, seen }) {
    for (const seq of this.#unseen) if (isAtEnd || seq <= seen) this.#unseen.delete(seq);
    const count = this.#unseen.size;
    const hadFocus = isAtEnd && this.#button === document.activeElement;
    this.#button.hidden = isAtEnd;
    this.#button.toggleAttribute("data-new", count > 0);
    this.#button.querySelector("span").textContent = count > 0 ? ngettext("{count} new message below", "{count} new messages below", count) : gettext("To the end");
    return hadFocus;
  }
}
