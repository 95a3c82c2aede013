// A link that is shown once, and the button that copies it: <copy-link><input readonly> <button type="button">.
import { toast } from "elements/page/toast.js";

export class CopyLink extends HTMLElement {
  connectedCallback() {
    this.querySelector("button").addEventListener("click", () => this.#copy());
  }

  async #copy() {
    const field = this.querySelector("input");
    field.select();
    toast((await isCopied(field.value)) ? "Link copied." : "It could not be copied: press Ctrl+C.");
  }
}

// Without https a page has no clipboard, and may still copy what is selected.
async function isCopied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

customElements.define("copy-link", CopyLink);
