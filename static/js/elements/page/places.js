// The lists of places, in the sidebar and on the hub, are drawn by the server; when the inbox has other places than they
// show, the lists are fetched anew.
const LISTS = { "sidebar-places": isListed, "hub-places": (place) => isListed(place) || place.unread > 0 };
const HOME = "/messaging/"; // the page that has both
const SETTLE_MS = 200; // several changes make one question

export class Places {
  #inbox;
  #redrawn;
  #timer = null;
  #asked = ""; // what the last answer was to show: a list that differs all the same is not asked for again and again

  // `redrawn()` is called when rows have come that know nothing of the inbox yet.
  constructor(inbox, redrawn) {
    this.#inbox = inbox;
    this.#redrawn = redrawn;
  }

  check() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#compare(), SETTLE_MS);
  }

  async #compare() {
    const stale = Object.keys(LISTS).filter((id) => this.#isStale(id));
    const wanted = JSON.stringify(stale.map((id) => this.#wanted(id)));
    if (stale.length === 0 || wanted === this.#asked) return;
    this.#asked = wanted;
    const page = await fetched(HOME);
    if (!page) this.#asked = "";
    else for (const id of stale) replace(document.getElementById(id), page.getElementById(id));
    this.#redrawn();
  }

  #isStale(id) {
    const list = document.getElementById(id);
    return Boolean(list) && shown(list) !== this.#wanted(id);
  }

  #wanted(id) {
    const places = [...this.#inbox.conversations.values()].filter(LISTS[id]);
    return inOrder([
      ...places.map(({ conversation_id: place, name }) => `${place} ${name}`),
      ...this.#inbox.boards.map(({ board_id: board }) => `board ${board}`),
    ]);
  }
}

function isListed({ kind }) {
  return kind !== "task";
}

// Rooms of boards that are not mine stand under a board without a number.
function shown(list) {
  const links = [...list.querySelectorAll("a[data-conversation]")];
  const boards = [...list.querySelectorAll("[data-board]:not([data-board='0'])")];
  return inOrder([
    ...links.map((link) => `${link.dataset.conversation} ${link.querySelector(".truncate").textContent}`),
    ...boards.map(({ dataset }) => `board ${dataset.board}`),
  ]);
}

function inOrder(words) {
  return JSON.stringify(words.sort());
}

async function fetched(url) {
  const response = await fetch(url, { redirect: "manual" }).catch(() => null);
  return response?.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
}

function replace(list, fresh) {
  const focused = list.contains(document.activeElement) && document.activeElement.getAttribute("href");
  list.replaceChildren(...document.adoptNode(fresh).childNodes);
  for (const link of list.querySelectorAll("a")) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (focused) list.querySelector(`a[href="${focused}"]`)?.focus();
}
