// The list of notifications: the server draws it, and draws it anew when something comes or is put away, here or elsewhere.
// Up and down go from row to row, U marks one read or unread.
import { keepFocus } from "elements/common/focus.js";
import { toast } from "elements/common/toast.js";
import { pageNow } from "elements/page/as-now.js";
import { gettext } from "language/gettext.js";
import { patience } from "live/patience.js";

const SETTLE_MS = 150; // several changes make one question
const STEPS = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

export class NotificationRows extends HTMLElement {
  #timer = null;
  #underWay = new AbortController(); // what was asked before is older, whenever it is answered

  connectedCallback() {
    this.onkeydown = (event) => this.#pressed(event);
    this.onsubmit = (event) => this.#sent(event);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#underWay.abort();
  }

  // Something is another.
  refresh() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#draw(), SETTLE_MS);
  }

  async #draw() {
    this.#underWay.abort();
    const { signal } = (this.#underWay = new AbortController());
    const page = await pageNow({ signal });
    const [list, fresh] = [this.querySelector("#notification-list"), page?.getElementById("notification-list")];
    if (!list || !fresh || signal.aborted) return;
    const [at, place] = this.#placeOfFocus();
    const open = unfoldedIn(this);
    const ids = this.#bundles[at]?.dataset.ids.split(",") ?? [];
    const draw = () => {
      list.replaceChildren(...document.adoptNode(fresh).childNodes);
      unfoldIn(this, open);
    };
    const same = () => this.#bundles.find((one) => ids.some((id) => isIn(one, id)));
    keepFocus(draw, () => controlsIn(same())[place] ?? controlsIn(this.#bundles[at] ?? this.#bundles.at(-1))[0]);
  }

  get #bundles() {
    return [...this.querySelectorAll(".bundle")];
  }

  // Of which bundle, and of which control in it.
  #placeOfFocus() {
    const { activeElement: focused } = document;
    const at = this.#bundles.findIndex((one) => one.contains(focused));
    return [at, controlsIn(this.#bundles[at]).indexOf(focused)];
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (STEPS[event.key]) this.#step(STEPS[event.key], event);
    if (event.key === "u") event.target.closest(".bundle")?.querySelector("form")?.requestSubmit(event.target.closest(".bundle").querySelector("form button"));
  }

  #step(by, event) {
    const rows = [...this.querySelectorAll("a.row, summary.row")].filter((row) => row.checkVisibility());
    const next = rows[rows.indexOf(document.activeElement) + by];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  async #sent(event) {
    event.preventDefault();
    const said = { method: "POST", body: new FormData(event.target, event.submitter), headers: { Accept: "application/json" }, signal: patience() };
    const answer = await fetch(event.target.getAttribute("action"), said).catch(() => null);
    if (answer?.ok) this.refresh();
    else toast(gettext("That could not be saved. Try again in a moment."));
  }
}

// Each page that shows the list follows the inbox, which may be all anew when the line was away.
export function startPage({ inbox: { inbox }, signal }) {
  const refresh = () => document.querySelector("notification-rows")?.refresh();
  for (const change of ["state", "notification", "notifications"]) inbox.addEventListener(change, refresh, { signal });
}

// The newest notice of each bundle that is unfolded in a part of the page.
export function unfoldedIn(root) {
  return [...root.querySelectorAll(".bundle:has(details[open])")].map(({ dataset }) => dataset.ids.split(",")[0]);
}

export function unfoldIn(root, open) {
  for (const details of root.querySelectorAll(".bundle details")) details.open = open.some((id) => isIn(details.closest(".bundle"), id));
}

function isIn(bundle, id) {
  return bundle.dataset.ids.split(",").includes(id);
}

function controlsIn(bundle) {
  return [...(bundle?.querySelectorAll("a, summary, button") ?? [])];
}

customElements.define("notification-rows", NotificationRows);
