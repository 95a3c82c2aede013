// The bell says how many notifications wait.
export class InboxBell extends HTMLElement {
  show(count) {
    const badge = this.querySelector(".badge");
    badge.hidden = count === 0;
    badge.textContent = String(count);
  }
}

customElements.define("inbox-bell", InboxBell);
