// <task-checklist>: a card's checklist, the same on every screen. What is done here is sent; what is done anywhere is heard.
import { Additions } from "boards/additions.js";
import { BoardLine } from "boards/line.js";
import { send } from "boards/requests.js";
import { CardAsNow } from "elements/cards/card-as-now.js";
import { ChecklistKeys } from "elements/cards/checklist/keys.js";
import { NewItems } from "elements/cards/checklist/new-items.js";
import { putList } from "elements/cards/checklist/put-list.js";
import { Ticks } from "elements/cards/checklist/ticks.js";
import { closeMenus, foldMenus } from "elements/common/menus.js";
import { formToken } from "elements/common/post.js";
import { toast } from "elements/common/toast.js";
import { gettext } from "language/gettext.js";
import { waitAgain } from "live/backoff.js";
import { FORBIDDEN, SIGNED_OUT } from "live/close-codes.js";
import { patience } from "live/patience.js";

export class TaskChecklist extends HTMLElement {
  #line;
  #gone = new AbortController();
  #card = new CardAsNow(this.#gone);
  #drawing = null; // a promise
  #isStale = false;
  #sent = Promise.resolve(); // one after the other, so that the last word about an item counts
  #underWay = 0;
  #done = 0; // how often something was done here: what was read before that is not drawn any more
  #ticks = new Ticks();
  #newItems = null;
  #moved = null; // the id of an item whose new place is still to be said

  connectedCallback() {
    const { task, board, revision, epoch } = this.dataset;
    const data = { socket_url: `/ws/boards/${board}/`, revision: Number(revision), epoch };
    this.#line = new BoardLine({ data, read: () => this.#read(), put: () => (this.#draw(), this.#card.renew()) });
    this.#line.addEventListener("change", ({ detail }) => this.#heard(detail, Number(task)));
    this.#line.open();
    this.addEventListener("submit", (event) => this.#submitted(event));
    new ChecklistKeys(this);
    foldMenus(this);
  }

  start({ outbox }) {
    const form = this.querySelector("[data-new-item]");
    if (!form) return;
    const { task, title: name } = this.dataset;
    const place = { name, url: location.pathname };
    const additions = new Additions({ where: `checklist ${task}`, place, wish: "item", outbox, csrfToken: formToken, signal: this.#gone.signal });
    this.#newItems = new NewItems({ additions, form, added: (text) => this.#added(text) });
    this.#line.stream.addEventListener("synced", () => this.#newItems.send());
    outbox.ready.then(() => this.#newItems.show());
  }

  disconnectedCallback() {
    this.#gone.abort();
    this.#line.close();
  }

  // What is said of the card is the conversation's; of the board, its columns and people are offered beside the card.
  #heard({ type, task_id: about }, task) {
    if (about === task) this.#draw();
    if (type !== "card_commented" && (about ?? task) === task) this.#card.renew();
  }

  // A form for a new item is a form like any other until there is an outbox to keep it.
  #submitted(event) {
    const form = event.target;
    const isNew = form.matches("[data-new-item]");
    if (isNew && !this.#newItems) return;
    event.preventDefault();
    if (isNew) this.#newItems.add(form);
    else this.#send(form);
  }

  #send(form) {
    const said = Object.fromEntries(new FormData(form));
    this.#underWay += 1;
    this.#done += 1;
    if (form.matches("[data-tick]")) this.#ticks.made(form, said.done === "yes");
    this.#sent = this.#sent.then(() => this.#sendNow(form, said));
  }

  async #sendNow(form, said) {
    const isKept = await send(form.getAttribute("action"), said, { token: formToken() }).then(() => true, ({ message }) => void toast(message));
    this.#underWay -= 1;
    if (form.matches("[data-tick]")) this.#ticks.over(form, said.done === "yes", isKept);
    if (isKept) this.#after(form, said);
    this.#draw();
  }

  #after(form, { text }) {
    closeMenus(this);
    if (form.matches("[data-move]")) this.#moved = form.closest("[data-item]").dataset.item;
    if (form.matches("[data-words]")) form.elements.text.defaultValue = text; // whatever is typed since is not kept yet
  }

  #added(text) {
    this.#done += 1;
    this.#say(gettext("Added {text}.", { text }));
    this.#draw();
  }

  #say(words) {
    this.querySelector("[data-said]").textContent = words;
  }

  #sayWhereItWent() {
    const items = [...this.querySelectorAll("[data-item]")];
    const at = items.findIndex(({ dataset }) => dataset.item === this.#moved);
    this.#moved = null;
    if (at < 0) return;
    const text = items[at].querySelector("textarea").value;
    this.#say(gettext("{text} is number {position} of {count} now.", { text, position: at + 1, count: items.length }));
  }

  // As the server has it now, however many changes ask for that at once; what is under way from here is drawn with its answer.
  #draw() {
    this.#isStale = true;
    if (this.#underWay === 0) this.#drawing ??= this.#drawWhileStale().finally(() => { this.#drawing = null; });
    return this.#drawing;
  }

  async #drawWhileStale() {
    for (let attempt = 1; this.#isStale && this.#underWay === 0; attempt += 1) {
      this.#isStale = false;
      const done = this.#done;
      const page = await this.#read();
      if (page?.refused || this.#gone.signal.aborted) return;
      if (!page) await this.#waitBefore(attempt);
      else if (done === this.#done) this.#put(page.list);
      else this.#isStale = true;
    }
  }

  #put(list) {
    putList(this, list);
    this.#newItems?.drawn();
    this.#sayWhereItWent();
  }

  // What could not be read is still to be read.
  #waitBefore(attempt) {
    this.#isStale = true;
    return new Promise((over) => setTimeout(over, waitAgain(attempt, Math.random)));
  }

  // As boards/line.js wants it.
  async #read() {
    const response = await fetch(this.dataset.address, { signal: patience(this.#gone.signal) }).catch(() => null);
    if ([403, 404].includes(response?.status)) return { refused: FORBIDDEN };
    const text = response?.ok ? await response.text().catch(() => null) : null;
    if (text === null) return null;
    const list = new DOMParser().parseFromString(text, "text/html").querySelector("task-checklist");
    return list ? { list, revision: Number(list.dataset.revision), epoch: list.dataset.epoch } : { refused: SIGNED_OUT };
  }
}

export function startAtOnce({ outbox }) {
  document.querySelector("task-checklist").start({ outbox });
}

customElements.define("task-checklist", TaskChecklist);
