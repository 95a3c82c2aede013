// The forms of a board, sent without leaving it.

export class BoardForms {
  #root;
  #board;

  constructor(root, board) {
    this.#root = root;
    this.#board = board;
    root.addEventListener("submit", (event) => this.#submitted(event));
    root.addEventListener("keydown", (event) => event.key === "Escape" && this.#closeMenus());
    root.addEventListener("pointerdown", ({ target }) => this.#closeMenus(target.closest("[data-menu]")));
    root.addEventListener("focusin", ({ target }) => this.#closeMenus(target.closest("[data-menu]")));
  }

  #submitted(event) {
    const form = event.target;
    if (!form.matches("[data-new-card], [data-new-column], [data-quiet-form]")) return;
    event.preventDefault();
    this.#send(form);
  }

  async #send(form) {
    const said = Object.fromEntries(new FormData(form));
    const button = form.querySelector("button");
    button.ariaDisabled = "true";
    try {
      const { card, column } = await this.#board.send(form.getAttribute("action"), said);
      this.#board.columns.show(card ?? column);
      this.#after(form, card ?? column);
    } catch (error) {
      this.#board.trouble(error.message);
    } finally {
      button.ariaDisabled = null;
    }
  }

  #after(form, { title }) {
    if (form.matches("[data-quiet-form]")) return this.#closeMenus();
    form.reset();
    form.querySelector("input:not([type=hidden])").focus();
    if (form.matches("[data-new-card]")) form.scrollIntoView({ block: "nearest" });
    this.#board.say(`Added ${title}.`);
  }

  #closeMenus(except = null) {
    for (const menu of this.#root.querySelectorAll("[data-menu][open]")) {
      if (menu === except) continue;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
      menu.open = false;
    }
  }
}
