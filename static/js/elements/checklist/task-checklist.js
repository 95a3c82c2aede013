// <task-checklist>: a card's checklist, the same on every screen. What is done here is sent; what is done anywhere is heard.
import { BoardLine } from "boards/line.js";
import { send } from "boards/requests.js";
import { ChecklistKeys } from "elements/checklist/keys.js";
import { putList } from "elements/checklist/put-list.js";
import { closeMenus, foldMenus } from "elements/menus.js";
import { toast } from "elements/page/toast.js";
import { formToken } from "elements/post.js";
import { gettext } from "language/gettext.js";
import { waitAgain } from "live/backoff.js";
import { NOT_YOURS, SIGNED_OUT } from "live/close-codes.js";
import { newId } from "live/new-id.js";

export class TaskChecklist extends HTMLElement {
  #line;
  #gone = new AbortController();
  #drawing = null; // a promise
  #isStale = false;
  #sent = Promise.resolve(); // one after the other, so that the last word about an item counts
  #unanswered = null; // {text, id} of an item that may have been added: sent again, it is the same one

  connectedCallback() {
    const { task, board, revision, epoch } = this.dataset;
    const data = { socket_url: `/ws/boards/${board}/`, revision: Number(revision), epoch };
    this.#line = new BoardLine({ data, read: () => this.#read(), put: ({ list }) => putList(this, list) });
    this.#line.addEventListener("change", ({ detail }) => detail.task_id === Number(task) && this.#draw());
    this.#line.open();
    this.addEventListener("submit", (event) => (event.preventDefault(), this.#send(event.target)));
    new ChecklistKeys(this);
    foldMenus(this);
  }

  disconnectedCallback() {
    this.#gone.abort();
    this.#line.close();
  }

  #send(form) {
    const said = Object.fromEntries(new FormData(form));
    if (form.matches("[data-new-item]")) said.client_id = this.#nameFor(said.text);
    if (form.matches("[data-tick]")) tick(form, said.done === "yes");
    this.#sent = this.#sent.then(() => this.#sendNow(form, said));
  }

  async #sendNow(form, said) {
    try {
      await send(form.getAttribute("action"), said, { token: formToken() });
      this.#after(form, said);
    } catch (error) {
      toast(error.message);
    }
    this.#draw();
  }

  #nameFor(text) {
    if (this.#unanswered?.text !== text) this.#unanswered = { text, id: newId() };
    return this.#unanswered.id;
  }

  #after(form, { text }) {
    closeMenus(this);
    if (form.matches("[data-words]")) form.elements.text.defaultValue = text; // whatever is typed since is not kept yet
    if (!form.matches("[data-new-item]")) return;
    if (this.#unanswered?.text === text) this.#unanswered = null;
    if (form.elements.text.value === text) form.reset();
    this.querySelector("[data-said]").textContent = gettext("Added {text}.", { text });
  }

  // As the server has it now, however many changes ask for that at once.
  #draw() {
    this.#isStale = true;
    this.#drawing ??= this.#drawWhileStale().finally(() => { this.#drawing = null; });
    return this.#drawing;
  }

  async #drawWhileStale() {
    for (let attempt = 1; this.#isStale; attempt += 1) {
      this.#isStale = false;
      const page = await this.#read();
      if (page?.refused || this.#gone.signal.aborted) return;
      if (page) putList(this, page.list);
      else await this.#waitBefore(attempt);
    }
  }

  // What could not be read is still to be read.
  #waitBefore(attempt) {
    this.#isStale = true;
    return new Promise((over) => setTimeout(over, waitAgain(attempt, Math.random)));
  }

  // As boards/line.js wants it.
  async #read() {
    const response = await fetch(this.dataset.address, { signal: this.#gone.signal }).catch(() => null);
    if ([403, 404].includes(response?.status)) return { refused: NOT_YOURS };
    const text = response?.ok ? await response.text().catch(() => null) : null;
    if (text === null) return null;
    const list = new DOMParser().parseFromString(text, "text/html").querySelector("task-checklist");
    return list ? { list, revision: Number(list.dataset.revision), epoch: list.dataset.epoch } : { refused: SIGNED_OUT };
  }
}

// At once, for whoever ticks; if it could not be kept, it is drawn back.
function tick(form, isDone) {
  form.closest("[data-item]").toggleAttribute("data-done", isDone);
  form.querySelector("button").ariaChecked = isDone;
  form.elements.done.value = isDone ? "no" : "yes";
}

customElements.define("task-checklist", TaskChecklist);
