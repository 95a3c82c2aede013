// A badge that counts what is unread in one conversation, in the accent when something there is for me.
export class UnreadBadge extends HTMLElement {
  // `conversation`: of the inbox, or undefined when it is not there.
  show({ unread = 0, mentions = 0 } = {}) {
    this.hidden = unread === 0;
    this.toggleAttribute("data-mentions", mentions > 0);
    if (!this.dataset.task) this.classList.toggle("accent", mentions > 0);
    const count = this.querySelector(".count") ?? this;
    const words = unread > 999 ? "999+" : String(unread);
    if (count.textContent !== words) count.textContent = words;
  }
}

customElements.define("unread-badge", UnreadBadge);
