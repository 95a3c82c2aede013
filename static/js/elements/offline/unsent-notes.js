// Notes of what could not be sent elsewhere: on every page, until each has been seen to.
import { copy } from "elements/common/copying.js";
import { keepFocus } from "elements/common/focus.js";
import { make, makeButton } from "elements/common/make.js";
import { toast } from "elements/common/toast.js";
import { gettext } from "language/gettext.js";
import { unsentBeside } from "messaging/unsent.js";

export class UnsentNotes {
  #outbox;
  #inbox;
  #here;
  #hurry;
  #shelf = make("section", "unsent");
  #notes = new Map(); // client_id -> element

  // `here()`: the id of the conversation shown; `hurry()` has what waits brought at once.
  constructor({ outbox, inbox, here, hurry }) {
    this.#outbox = outbox;
    this.#inbox = inbox;
    this.#here = here;
    this.#hurry = hurry;
    this.#shelf.ariaLabel = gettext("Not sent");
    document.body.append(this.#shelf);
    outbox.addEventListener("change", () => this.show());
  }

  show() {
    const here = this.#here();
    const unsent = unsentBeside(here, { outbox: this.#outbox, inbox: this.#inbox }).filter((one) => !this.#isSeenTo(one, here));
    const standing = new Set(unsent.map(({ client_id: id }) => id));
    for (const [id, note] of this.#notes) if (!standing.has(id)) this.#takeAway(id, note);
    for (const one of unsent) if (!this.#notes.has(one.client_id)) this.#add(one);
  }

  // What has no words is told in passing; what was to be said later goes back to where it was written.
  #isSeenTo({ client_id: id, title, words, wish, about, reply_to: replyTo }, here) {
    const composer = wish === "schedule" && about === here && document.querySelector("chat-composer");
    if (words && !composer) return false;
    this.#outbox.remove(id);
    toast(title);
    if (composer) composer.takeBack({ text: words, reply_to: replyTo });
    return true;
  }

  #add(one) {
    const title = make("p", "unsent-title", one.title);
    title.role = "alert";
    const note = make("article", "unsent-note", title, make("blockquote", "", one.words), make("div", "form-actions", ...this.#choices(one)));
    this.#notes.set(one.client_id, note);
    this.#shelf.append(note);
  }

  #takeAway(id, note) {
    this.#notes.delete(id);
    keepFocus(() => note.remove(), () => this.#shelf.querySelector("button"));
  }

  #choices({ client_id: id, words, url, retryable }) {
    const [retry, copier] = [makeButton("small", gettext("Retry")), makeButton("small", gettext("Copy"))];
    const discard = makeButton("small quiet", gettext("Discard"));
    const open = make("a", "button small", gettext("Open"));
    open.href = url;
    retry.addEventListener("click", () => this.#retry(id));
    copier.addEventListener("click", () => copy(words));
    discard.addEventListener("click", () => this.#outbox.remove(id));
    return [...(retryable ? [retry] : []), copier, ...(url ? [open] : []), discard];
  }

  #retry(id) {
    this.#outbox.retry(id);
    this.#hurry();
  }
}
