// Catching up by keyboard: j and k go from row to row, Enter opens, e or Space marks read, u takes that back. What waits is
// drawn by the server, and anew when something is said or read, here or elsewhere, or a card of mine goes on.
import { keepFocus } from "elements/common/focus.js";
import { formToken } from "elements/common/post.js";
import { toast } from "elements/common/toast.js";
import { unfoldedIn, unfoldIn } from "elements/inbox/notification-rows.js";
import { isIdle } from "elements/keys/single-keys.js";
import { gettext } from "language/gettext.js";
import { patience } from "live/patience.js";

const SETTLE_MS = 200; // several changes make one question
const STEPS = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

export class CatchUp extends HTMLElement {
  #timer = null;
  #underWay = new AbortController();
  #done = []; // {address, said} that take back what was done, the latest last

  connectedCallback() {
    this.addEventListener("keydown", (event) => this.#pressed(event), { capture: true });
    this.addEventListener("submit", (event) => this.#sent(event), { capture: true });
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    this.#underWay.abort();
  }

  refresh() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#draw(), SETTLE_MS);
  }

  // Keys pressed while nothing on the page has the focus.
  pressedAnywhere(event) {
    const isFree = event.target === document.body || event.target.id === "main";
    if (isFree && !event.defaultPrevented && !isIdle(event)) this.#pressed(event);
  }

  async #draw() {
    this.#underWay.abort();
    const { signal } = (this.#underWay = new AbortController());
    const fresh = await listNow(signal).catch(() => null);
    if (!fresh || signal.aborted || !this.isConnected) return;
    const [list, open] = [this.querySelector("#catch-up-list"), unfoldedIn(this)];
    const at = this.#rows.findLastIndex((row) => row.closest("li").contains(document.activeElement));
    const name = nameOf(this.#rows[at]);
    const draw = () => {
      list.replaceChildren(...document.adoptNode(fresh).childNodes);
      unfoldIn(this, open);
    };
    keepFocus(draw, () => this.#rows.find((row) => nameOf(row) === name) ?? this.#rows[Math.min(at, this.#rows.length - 1)]);
  }

  get #rows() {
    return [...this.querySelectorAll("a.row, summary.row")].filter((row) => row.checkVisibility());
  }

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea")) return;
    const isRow = event.target.matches?.(".row");
    if (STEPS[event.key]) this.#step(STEPS[event.key]);
    else if ((event.key === "e" || event.key === " ") && isRow) this.#putAway(event.target);
    else if (event.key === "u") this.#takeBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #step(by) {
    const rows = this.#rows;
    const at = rows.indexOf(document.activeElement);
    (at < 0 ? rows.at(by > 0 ? 0 : -1) : rows[at + by])?.focus();
  }

  #putAway(row) {
    const form = row.closest("li:has(form)")?.querySelector("form");
    if (form?.querySelector("button:not([name=unread])")) form.requestSubmit();
  }

  async #sent(event) {
    event.preventDefault();
    event.stopPropagation();
    const form = event.target;
    const row = form.closest("li");
    const back = undoing(form);
    if (!(await post(form.getAttribute("action"), new FormData(form, event.submitter)))) return toast(gettext("That could not be saved. Try again in a moment."));
    if (back) this.#done.push(back);
    this.#say(form.matches("[data-all]") ? gettext("Everything is marked read") : gettext("Marked read: {title}. U takes it back.", { title: row?.querySelector(".row-title")?.textContent.trim() ?? "" }));
    const neighbour = row && this.#neighbourOf(row);
    keepFocus(() => row?.remove(), () => neighbour);
    this.refresh();
  }

  #neighbourOf(row) {
    const rows = this.#rows;
    const at = rows.findIndex((one) => row.contains(one));
    return rows.slice(at + 1).find((one) => !row.contains(one)) ?? rows.slice(0, Math.max(0, at)).at(-1);
  }

  async #takeBack() {
    const last = this.#done.pop();
    if (!last) return this.#say(gettext("There is nothing to take back."));
    for (const { address, said } of last) await post(address, said);
    this.#say(gettext("Taken back."));
    this.refresh();
  }

  #say(words) {
    this.querySelector("[data-said]").textContent = words;
  }
}

// What waits, as the server draws it; nothing when it refuses. Rejects when the line fails or nobody wants it any more.
async function listNow(signal) {
  const answer = await fetch(location.pathname, { signal: patience(signal), headers: { Accept: "text/html", "Prizmai-Without": "notices" } });
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("catch-up-list") : null;
}

// By which a row is known again.
function nameOf(row) {
  return row?.getAttribute("href") ?? row?.closest(".bundle")?.dataset.ids;
}

// What takes a form's act back: [{address, said}].
function undoing(form) {
  if (form.matches("[data-all]")) return [...document.querySelectorAll("catch-up .waiting form")].flatMap(undoing);
  const said = new FormData();
  said.set("csrfmiddlewaretoken", formToken());
  said.set("unread", "1");
  const first = form.querySelector("[name=first]")?.value;
  if (first) said.set("message", first);
  for (const { value } of form.querySelectorAll("[name=ids]")) said.append("ids", value);
  return [{ address: form.getAttribute("action"), said }];
}

async function post(address, said) {
  const answer = await fetch(address, { method: "POST", body: said, headers: { Accept: "application/json" }, signal: patience() }).catch(() => null);
  return Boolean(answer?.ok);
}

export function startPage({ inbox: { inbox }, signal }) {
  const page = document.querySelector("catch-up");
  for (const news of ["state", "change", "left", "notification", "notifications", "card"]) inbox.addEventListener(news, () => page.refresh(), { signal });
  document.addEventListener("keydown", (event) => page.pressedAnywhere(event), { signal });
}

customElements.define("catch-up", CatchUp);
