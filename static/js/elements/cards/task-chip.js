// <task-chip>: a card that a message speaks of, as it is now; what is done with it here is done on the board.
import { Cards } from "boards/cards.js";
import { send } from "boards/requests.js";
import { icon } from "elements/common/icon.js";
import { make, makeAvatar, makeButton } from "elements/common/make.js";
import { formToken } from "elements/common/post.js";
import { toast } from "elements/common/toast.js";
import { setStops } from "elements/timeline/hand/stops.js";
import { gettext, locale } from "language/gettext.js";
import { patience } from "live/patience.js";

const cards = new Cards({ read });

export class TaskChip extends HTMLElement {
  static observedAttributes = ["data-task"];
  #id = null;
  #shown = "";

  connectedCallback() {
    cards.addEventListener("change", this);
    this.#watch();
  }

  disconnectedCallback() {
    cards.removeEventListener("change", this);
    if (this.#id) cards.forget(this.#id);
    this.#id = null;
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#watch();
  }

  handleEvent({ detail: ids }) {
    if (ids.includes(this.#id)) this.#draw();
  }

  #watch() {
    const id = Number(this.dataset.task) || null;
    if (id === this.#id) return;
    if (this.#id) cards.forget(this.#id);
    this.#id = id;
    if (id) cards.watch(id);
    this.#draw();
  }

  // Until it is known, and for who may not see it, it stays the plain link that it is.
  #draw() {
    const card = cards.card(this.#id);
    if (!card || drawnOf(card) === this.#shown) return;
    this.#shown = drawnOf(card);
    const inHand = this.contains(document.activeElement) ? document.activeElement.localName : null;
    const link = make("a", "chip-title", icon(card.isDone ? "circle-check" : "square-kanban"), make("span", "truncate", card.title));
    link.href = card.url;
    this.toggleAttribute("data-done", card.isDone || card.isArchived);
    this.replaceChildren(link, this.#place(card), ...due(card), ...card.assignees.map(face));
    if (inHand) (this.querySelector(inHand) ?? link).focus({ preventScroll: true });
    const row = this.closest(".message");
    if (row) setStops(row);
  }

  #place(card) {
    if (card.isArchived || !card.mayEdit) return make("span", "chip-column", card.isArchived ? gettext("Archived") : card.column);
    const button = makeButton("chip-column", card.column, icon("chevron-down"));
    Object.assign(button, { ariaLabel: `${card.title}: ${card.column}`, ariaHasPopup: "menu" });
    button.addEventListener("click", () => this.#choose(button, cards.card(this.#id) ?? card));
    return button;
  }

  async #choose(button, card) {
    const { chooseForCard } = await import("elements/cards/card-menu.js");
    const wish = await chooseForCard(button, card, me());
    if (!button.isConnected) this.querySelector("button, a").focus({ preventScroll: true }); // it was drawn anew meanwhile
    if (!wish) return;
    try {
      const { card: answer } = await send(`/boards/task/${card.task_id}/${wish.door}/`, wish.fields, { token: formToken() });
      cards.hear(answer);
    } catch (error) {
      toast(error.message);
    }
  }
}

// What tells whether it is drawn anew.
function drawnOf({ title, url, column, isDone, isArchived, mayEdit, due: day, assignees }) {
  return JSON.stringify([title, url, column, isDone, isArchived, mayEdit, day, assignees]);
}

function due({ due: day, isDone }) {
  if (!day) return [];
  const time = make("time", "chip-due", new Date(`${day}T12:00`).toLocaleDateString(locale, { day: "numeric", month: "short" }));
  time.dateTime = day;
  time.toggleAttribute("data-late", !isDone && day < new Date().toLocaleDateString("sv"));
  return [time];
}

function face({ user_id: id, display_name: name, avatar }) {
  const shown = makeAvatar(id, name, avatar);
  shown.title = name;
  return shown;
}

function me() {
  return JSON.parse(document.getElementById("conversation")?.textContent ?? "{}").me?.id;
}

async function read(ids) {
  const query = new URLSearchParams(ids.map((id) => ["id", id]));
  const response = await fetch(`/boards/cards/?${query}`, { headers: { Accept: "application/json" }, signal: patience() }).catch(() => null);
  return response?.ok ? response.json().catch(() => null) : null;
}

customElements.define("task-chip", TaskChip);
