// Pages are fetched when they are asked for, or a moment before, when somebody is about to.
//
// A page that was fetched early is as good as a fresh one: it says at which revision it was made, and its line goes on
// from there.
import { putBy } from "elements/offline/put-by.js";
import { partsOf } from "elements/page/parts.js";
import { PagesReady } from "elements/visits/pages-ready.js";
import { patience } from "live/patience.js";

const FRESH_MS = 4_000; // what has no line to go on from must not be old
const SLOW_MS = 5_000; // for who waits for a room that was put by, whose line brings what it lacks
const ROOM = /^\/messaging\/room\/\d+\/$/;

// A page that cannot take the place of this one: the browser has to load it.
export class NotOurs extends Error {}

export class PageFetcher {
  #early = new Map(); // address -> {at, page: a promise}
  #ready;

  // `markOf`: see elements/visits/pages-ready.js.
  constructor({ markOf }) {
    this.#ready = new PagesReady({ markOf, ask: asked, make: made });
  }

  prefetch(address) {
    if (this.#fresh(address) || this.#ready.has(address) || isSparing()) return;
    this.#early.set(address, { at: Date.now(), page: fetched(address) });
    this.#early.get(address).page.catch(() => this.#early.delete(address));
  }

  // Somebody may go to some of these later on.
  prepare(addresses) {
    if (!isSparing()) this.#ready.prepare(addresses);
  }

  // Resolves to {address, page: {title, kind, header, main, panel (or null)}, parts, isKept: whether it is as it was put by};
  // rejects with NotOurs, or with what the network said.
  get(address, signal) {
    const early = this.#fresh(address);
    this.#early.clear(); // what comes now may change what the others would show
    return early?.page ?? this.#ready.take(address) ?? fetched(address, signal);
  }

  #fresh(address) {
    const early = this.#early.get(address);
    return early && Math.abs(Date.now() - early.at) < FRESH_MS ? early : null; // the clock may have been put back
  }
}

function isSparing() {
  return Boolean(navigator.connection?.saveData);
}

async function fetched(address, signal) {
  const asking = asked(address, signal);
  const isRoom = ROOM.test(new URL(address).pathname);
  return made(await (isRoom ? Promise.race([asking, insteadOf(asking, address)]) : asking));
}

async function insteadOf(asking, address) {
  await new Promise((over) => setTimeout(over, SLOW_MS));
  return kept(address).catch(() => asking);
}

// Resolves to {address, text, isKept}.
async function asked(address, signal) {
  const response = await answer(address, signal);
  if (!response) return kept(address);
  if (isInstead(response, address)) throw new TypeError("There is no network.");
  if (!response.ok || !response.headers.get("Content-Type")?.startsWith("text/html")) throw new NotOurs(address);
  const text = await response.text();
  putBy(response, text);
  return { address: response.redirected ? response.url + new URL(address).hash : address, text, isKept: false };
}

async function made({ address, text, isKept }) {
  const document = new DOMParser().parseFromString(text, "text/html");
  if (!fits(document)) throw new NotOurs(address);
  const parts = await partsOf(document).catch(() => { throw new NotOurs(address); });
  return { address, page: taken(document), parts, isKept };
}

// What will be shown becomes our document's now: that takes a while, and nobody waits yet.
function taken(page) {
  const adopted = (part) => part && document.adoptNode(part);
  const [header, main, panel] = [".header", ".main", ".panel"].map((part) => adopted(page.querySelector(`.app > ${part}`)));
  return { title: page.title, kind: page.body.dataset.page, header, main, panel };
}

// Null when there is no network.
async function answer(address, signal) {
  try {
    return await fetch(address, { signal: patience(signal), headers: { Accept: "text/html", "Prizmai-Without": "sidebar" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    return null;
  }
}

// The service worker has nothing to show but its word that there is no network.
function isInstead({ url, redirected }, address) {
  return Boolean(url) && !redirected && new URL(url).pathname !== new URL(address).pathname;
}

// What was put by for the time without a network.
async function kept(address) {
  const { origin, pathname } = new URL(address);
  const found = await globalThis.caches?.match(origin + pathname, { ignoreVary: true }).catch(() => null);
  if (!found) throw new TypeError("There is no network.");
  return { address, text: await found.text(), isKept: true };
}

// The same frame, for the same person, in the same language, and by the same code: otherwise the browser loads everything
// anew.
function fits(page) {
  const code = (root) => root.querySelector("script[type=importmap]")?.textContent + root.querySelector("link[rel=stylesheet]")?.getAttribute("href");
  const isFramed = Boolean(page.querySelector(".app > .main"));
  const isOurs = page.body.dataset.user === document.body.dataset.user && page.documentElement.lang === document.documentElement.lang;
  return isFramed && isOurs && code(page) === code(document);
}
