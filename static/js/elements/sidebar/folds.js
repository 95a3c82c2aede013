// Boards can be folded in the sidebar, and the list cut down to what is unread; remembered for each person on this machine.
export class Folds {
  #root;
  #key;
  #kept; // {folded: [keys of sections], unreadOnly}

  constructor(root, userId) {
    this.#root = root;
    this.#key = `prizmai-folds-${userId}`;
    this.#kept = { folded: [], unreadOnly: false, ...this.#read() };
    root.addEventListener("click", ({ target }) => this.#toggled(target.closest(".sidebar-fold")));
    this.#filter?.addEventListener("click", () => this.#filtered());
    this.#show();
  }

  get #filter() {
    return this.#root.closest(".sidebar").querySelector("[data-unread-only]");
  }

  #toggled(button) {
    if (!button) return;
    const { section } = button.closest("section").dataset;
    const { folded } = this.#kept;
    this.#kept.folded = folded.includes(section) ? folded.filter((one) => one !== section) : [...folded, section];
    this.#changed();
  }

  #filtered() {
    this.#kept.unreadOnly = !this.#kept.unreadOnly;
    this.#changed();
  }

  #changed() {
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.#kept));
    } catch {
      // Without storage it lasts as long as the page.
    }
    this.#show();
  }

  #show() {
    for (const button of this.#root.querySelectorAll(".sidebar-fold")) {
      button.setAttribute("aria-expanded", !this.#kept.folded.includes(button.closest("section").dataset.section));
    }
    this.#filter?.setAttribute("aria-pressed", this.#kept.unreadOnly);
    this.#root.toggleAttribute("data-unread-only", this.#kept.unreadOnly);
  }

  #read() {
    try {
      return JSON.parse(localStorage.getItem(this.#key));
    } catch {
      return null;
    }
  }
}
