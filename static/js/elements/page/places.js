// The list of places on the hub is drawn by the server; when the inbox has other places than it shows, it is fetched anew.
const LISTS = { "hub-places": (place) => isListed(place) || place.unread > 0 };
const HOME = "/messaging/";
const SETTLE_MS = 200; // several changes make one question

export function startPage({ inbox: page, signal }) {
  const places = new Places(page.inbox, () => page.showAll());
  for (const news of ["state", "change", "left"]) page.inbox.addEventListener(news, () => places.check(), { signal });
  signal.addEventListener("abort", () => places.stop());
}

class Places {
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

  stop() {
    clearTimeout(this.#timer);
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
  if (focused) list.querySelector(`a[href="${focused}"]`)?.focus();
}
