// The bar of what one can do with a message; there is one, and it goes to the row in hand.
export class MessageActions {
  #bar;
  #may; // {post, moderate}
  #me;

  constructor(pattern, { list, may, me }) {
    this.#bar = pattern.content.firstElementChild.cloneNode(true);
    this.#may = may;
    this.#me = me;
    list.addEventListener("pointerover", ({ target, pointerType }) => pointerType !== "touch" && this.#goTo(target));
    list.addEventListener("focusin", ({ target }) => this.#goTo(target));
    list.addEventListener("pointerleave", () => this.#leave());
    list.addEventListener("focusout", ({ relatedTarget }) => !list.contains(relatedTarget) && this.#leave());
  }

  offers(message, action) {
    const isMine = message.user_id === this.#me.id;
    const isSaid = message.kind !== "system" && !message.deleted_at;
    if (!message.id) return false;
    if (action === "copy-link" || action === "mark-unread") return true;
    if (action === "delete") return isSaid && (isMine || this.#may.moderate);
    if (action === "edit") return isSaid && isMine && !message.edit && this.#may.post;
    return isSaid && this.#may.post;
  }

  #goTo(target) {
    const row = target.closest(".message");
    if (!row?.message || row.contains(this.#bar) || row.hasAttribute("data-editing")) return;
    if (this.#bar.contains(document.activeElement)) return;
    const buttons = [...this.#bar.querySelectorAll("[data-action]")];
    for (const button of buttons) button.hidden = !this.offers(row.message, button.dataset.action);
    if (buttons.every(({ hidden }) => hidden)) this.#bar.remove();
    else row.firstElementChild.append(this.#bar);
  }

  #leave() {
    if (!this.#bar.contains(document.activeElement) && !this.#bar.parentElement?.matches(":focus-within")) this.#bar.remove();
  }
}
