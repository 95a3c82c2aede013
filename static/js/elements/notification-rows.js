// The list of notifications: the server draws it, and draws it anew when something comes or is put away, here or elsewhere.
// Up and down go from row to row, U marks one read or unread.
const SETTLE_MS = 150; // several changes make one question
const STEPS = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 };

export class NotificationRows extends HTMLElement {
  #timer = null;

  connectedCallback() {
    this.onkeydown = (event) => this.#pressed(event);
    this.onsubmit = (event) => this.#sent(event);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  // Something is another.
  refresh() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#draw(), SETTLE_MS);
  }

  async #draw() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer?.ok || !this.isConnected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [list, fresh] = [this.querySelector("#notification-list"), page.getElementById("notification-list")];
    if (!list || !fresh) return;
    const keep = this.#openAndFocused();
    list.replaceChildren(...document.adoptNode(fresh).childNodes);
    this.#restore(keep);
  }

  #openAndFocused() {
    const open = [...this.querySelectorAll("details[open]")].map((one) => newest(one.closest(".bundle")));
    const focused = document.activeElement?.closest?.(".bundle");
    const place = focused && [...focused.querySelectorAll("a, summary, button")].indexOf(document.activeElement);
    return { open, focused: focused && focused.dataset.ids.split(","), place };
  }

  #restore({ open, focused, place }) {
    for (const bundle of this.querySelectorAll(".bundle")) {
      const ids = bundle.dataset.ids.split(",");
      const details = bundle.querySelector("details");
      if (details && open.some((id) => ids.includes(id))) details.open = true;
      if (focused?.some((id) => ids.includes(id))) [...bundle.querySelectorAll("a, summary, button")][place]?.focus();
    }
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
    const said = { method: "POST", body: new FormData(event.target, event.submitter), headers: { Accept: "application/json" } };
    const answer = await fetch(event.target.getAttribute("action"), said).catch(() => null);
    if (answer?.ok) this.refresh();
  }
}

// Each page that shows the list follows the inbox, which may be all anew when the line was away.
export function startPage({ inbox: { inbox }, signal }) {
  const refresh = () => document.querySelector("notification-rows")?.refresh();
  for (const change of ["state", "notification", "notifications"]) inbox.addEventListener(change, refresh, { signal });
}

function newest(bundle) {
  return bundle.dataset.ids.split(",")[0];
}

customElements.define("notification-rows", NotificationRows);
