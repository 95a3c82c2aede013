// The gallery: one picture of a conversation after the other, over the whole page, in the order in which they were sent.
import { icon } from "elements/common/icon.js";
import { GalleryShelf } from "elements/gallery/shelf.js";
import { onSwipe } from "elements/gallery/swipe.js";
import { make, makeButton } from "elements/common/make.js";
import { sideways } from "elements/common/sideways.js";
import { ago } from "elements/common/times.js";
import { gettext } from "language/gettext.js";

// `file` and `message`: where to begin, as the timeline has them. `url`: of the conversation's files. `jump({id, seq})` leads
// to the message of a picture.
export function showGallery({ file, message, url, jump }) {
  const { id: message_id, seq, display_name, timestamp } = message;
  const gallery = new Gallery({ shelf: new GalleryShelf({ url, first: { ...file, message_id, seq, display_name, timestamp } }), jump });
  gallery.open();
}

class Gallery {
  #shelf;
  #jump;
  #picture = make("img", "gallery-picture");
  #name = make("b", "truncate");
  #said = make("span", "truncate");
  #download = make("a", "button quiet icon-only", icon("download"));
  #before = tool("chevron-left", gettext("Previous picture"), () => this.#step(-1));
  #after = tool("chevron-right", gettext("Next picture"), () => this.#step(1));
  #dialog;

  constructor({ shelf, jump }) {
    this.#shelf = shelf;
    this.#jump = jump;
    this.#download.setAttribute("aria-label", gettext("Download"));
    this.#download.title = gettext("Download");
    const where = tool("message-square", gettext("Show in the conversation"), () => this.#showWhere());
    const close = tool("x", gettext("Close"), () => this.#dialog.close());
    close.autofocus = true;
    const words = make("p", "gallery-words", this.#name, this.#said);
    words.setAttribute("role", "status");
    const bar = make("div", "gallery-bar", words, this.#download, where, close);
    const stage = make("div", "gallery-stage", this.#before, this.#picture, this.#after);
    this.#dialog = make("dialog", "gallery", bar, stage);
    this.#dialog.setAttribute("aria-label", gettext("Pictures"));
    this.#listen(stage);
  }

  open() {
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#show();
    this.#shelf.look().then(() => this.#showWays());
  }

  #listen(stage) {
    this.#dialog.addEventListener("close", () => this.#dialog.remove());
    this.#dialog.addEventListener("keydown", (event) => this.#pressed(event));
    stage.addEventListener("click", ({ target }) => target === stage && this.#dialog.close());
    onSwipe(stage, (steps) => this.#step(steps));
  }

  #pressed(event) {
    const steps = { ArrowLeft: -1, ArrowRight: 1 }[sideways(event.key, this.#dialog)];
    if (!steps) return;
    event.preventDefault();
    this.#step(steps);
  }

  async #step(steps) {
    if (await this.#shelf.step(steps)) this.#show();
    this.#showWays();
  }

  #show() {
    const { url, name, display_name: author, timestamp } = this.#shelf.file;
    Object.assign(this.#picture, { src: url, alt: name });
    Object.assign(this.#download, { href: `${url}?download=1`, download: name });
    this.#name.textContent = name;
    this.#said.textContent = `${author}, ${ago(new Date(timestamp))}`;
    this.#showWays();
  }

  // A button with the focus is not taken away from under it.
  #showWays() {
    for (const [button, isOpen] of [[this.#before, this.#shelf.hasBefore], [this.#after, this.#shelf.hasAfter]]) {
      button.ariaDisabled = !isOpen;
      button.classList.toggle("is-closed", !isOpen);
    }
  }

  #showWhere() {
    const { message_id: id, seq } = this.#shelf.file;
    this.#dialog.close();
    this.#jump({ id, seq });
  }
}

function tool(name, words, act) {
  const button = makeButton("quiet icon-only", icon(name));
  button.setAttribute("aria-label", words);
  button.title = words;
  button.addEventListener("click", act);
  return button;
}
