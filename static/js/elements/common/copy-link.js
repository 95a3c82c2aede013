// A link that is shown once, and the button that copies it: <copy-link><input readonly> <button type="button">.
import { isCopied } from "elements/common/copying.js";
import { toast } from "elements/common/toast.js";
import { chordName } from "elements/keys/key-name.js";
import { gettext } from "language/gettext.js";

export class CopyLink extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.#copy());
  }

  async #copy() {
    const field = this.querySelector("input");
    const isDone = await isCopied(field.value);
    field.select();
    toast(isDone ? gettext("Link copied.") : gettext("It could not be copied: press {keys}.", { keys: chordName("Ctrl+C") }));
  }
}

customElements.define("copy-link", CopyLink);
