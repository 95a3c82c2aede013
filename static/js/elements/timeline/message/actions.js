// The bar of what one can do with a message; there is one, and it goes to the row in hand. Under a thumb a long press stands for
// it (elements/timeline/hand/long-press.js).

import { setStops } from "elements/timeline/hand/stops.js";
import { isSaved } from "elements/timeline/message/saved-marks.js";
import { gettext } from "language/gettext.js";

const OPENED = ".message-menu:popover-open, .emoji-picker:popover-open";

export class MessageActions {
  #bar;
  #may; // {post, moderate, readers}
  #me;

  constructor(pattern, { list, may, me }) {
    this.#bar = pattern.content.firstElementChild.cloneNode(true);
    this.#may = may;
    this.#me = me;
    list.addEventListener("pointerover", ({ target, pointerType }) => pointerType !== "touch" && this.#goTo(target));
    for (const name of ["focusin", "keydown"]) list.addEventListener(name, ({ target }) => this.#goTo(target)); // a pointer may have taken it elsewhere
    list.addEventListener("pointerleave", () => this.#leave());
    list.addEventListener("focusout", ({ relatedTarget }) => !list.contains(relatedTarget) && this.#leave());
  }

  offers(message, action) {
    const isMine = message.user_id === this.#me.id;
    const isSaid = message.kind !== "system" && !message.deleted_at;
    if (!message.id) return false;
    if (["copy-link", "mark-unread", "more"].includes(action)) return true;
    if (["save", "remind", "forward"].includes(action)) return isSaid;
    if (action === "readers") return isSaid && isMine && message.state === "sent" && this.#may.readers;
    if (action === "copy-text") return isSaid && Boolean(message.message);
    if (action === "delete") return isSaid && (isMine || this.#may.moderate);
    if (action === "edit") return isSaid && isMine && !message.edit && !message.forwarded && this.#may.post;
    return isSaid && this.#may.post && !(action === "card" && message.card);
  }

  // What an action is called where it would undo what it did; otherwise nothing.
  words(message, action) {
    if (action === "pin" && message.pinned) return gettext("Unpin");
    if (action === "save" && isSaved(message.id)) return gettext("Done with it");
    return null;
  }

  #goTo(target) {
    const row = target.closest(".message");
    if (!row?.message || row.hasAttribute("data-editing")) return;
    if (this.#isInUse || (row.contains(this.#bar) && this.#bar.of === row.message)) return; // of the message as it is now
    this.#bar.querySelector("[data-action=save]").ariaPressed = isSaved(row.message.id);
    for (const button of this.#bar.querySelectorAll("[data-action]")) button.hidden = !this.offers(row.message, button.dataset.action);
    this.#bar.of = row.message;
    if (!row.message.id) this.#bar.remove();
    else row.firstElementChild.append(this.#bar);
    setStops(row);
  }

  #leave() {
    if (!this.#isInUse && !this.#bar.parentElement?.matches(":focus-within")) this.#bar.remove();
  }

  // What was opened from the bar comes back to it.
  get #isInUse() {
    return this.#bar.contains(document.activeElement) || Boolean(document.querySelector(OPENED));
  }
}
