// Visits: going from page to page without loading one. The page is fetched, and takes the place of the one that is left.
//
//   says "left" {address} (the page that was shown is about to go; nothing of it may go on), and "entered" {page, parts}
import { toast } from "elements/common/toast.js";
import { painted } from "elements/common/painted.js";
import { stepsTaken } from "elements/timeline/ways/places-kept.js";
import { arrive } from "elements/visits/arrival.js";
import { drawFarRows, drawFarRowsInSight, setFarRowsAside } from "elements/visits/far-rows.js";
import { addressClicked, addressOf, isPage, isSamePage, isSamePlace, linkAt } from "elements/visits/links.js";
import { NotOurs, PageFetcher } from "elements/visits/page-fetcher.js";
import { comeBackTo, newEntry, PlacesLeft } from "elements/visits/places-left.js";
import { Progress } from "elements/visits/progress.js";
import { shown, swap } from "elements/visits/swap.js";
import { gettext } from "language/gettext.js";

const INTENT_MS = 60; // a pointer that rests this long on a link may mean it
const READ_MS = 1_500; // in which the server has heard what was read on the page that was left
const NO_NETWORK = gettext("That page cannot be reached just now. You are still here, and what you write is kept.");

export class Visits extends EventTarget {
  #fetcher;
  #places = new PlacesLeft();
  #progress = new Progress();
  #shown;
  #entry; // of the history, that of the page shown
  #underWay = new AbortController();
  #intent = null;

  // `markOf`: see elements/visits/pages-ready.js.
  constructor({ markOf }) {
    super();
    this.#fetcher = new PageFetcher({ markOf });
    this.#settle();
    document.addEventListener("click", (event) => this.#clicked(event));
    window.addEventListener("popstate", () => this.#walked());
    this.#listenForIntent();
  }

  // Go there: {focus: "text" or "page", replace: whether the present entry of the history is given up}. An address that is
  // no page of ours is loaded.
  go(address, { focus, replace = false } = {}) {
    const url = new URL(address, location.href);
    if (url.origin !== location.origin || !isPage(url)) return location.assign(url);
    const failed = (error) => (error instanceof NotOurs ? location.assign(url) : toast(NO_NETWORK));
    return this.#visit(url.href, { focus, failed, enter: (arrived) => this.#enter(arrived, replace), stay: () => this.#stay(focus) });
  }

  // Somebody may go there in a moment.
  expect(address) {
    const { href } = new URL(address, location.href);
    if (!isSamePage(href, location.href)) this.#fetcher.prefetch(href);
  }

  // Somebody may go to some of these later on.
  prepare(addresses) {
    this.#fetcher.prepare(addresses.map((address) => new URL(address, location.href).href).filter((href) => !isSamePage(href, location.href)));
  }

  #clicked(event) {
    const address = addressClicked(event);
    clearTimeout(this.#intent);
    if (!address) return;
    event.preventDefault();
    if (linkAt(event).matches(".header-back") && this.#cameFrom(address)) return history.go(-1 - stepsTaken());
    this.go(address, { replace: address === location.href });
  }

  // However it was filtered: back is to where one was.
  #cameFrom(address) {
    return this.#entry.from && isSamePlace(this.#entry.from, address);
  }

  // Back or forward, by whatever means.
  #walked() {
    if (isSamePage(location.href, this.#shown)) return this.#remain();
    const place = this.#places.of(history.state?.key);
    const address = place?.seen ? around(location.href, place.seen.seq) : location.href;
    if (place) history.replaceState({ ...history.state, seen: place.seen }, ""); // for the timeline that comes
    this.#visit(address, { place, focus: "page", enter: () => {}, failed: () => location.reload(), stay: () => this.#settle() });
  }

  // Back here before the page one went to had come.
  #remain() {
    this.#underWay.abort();
    this.#progress.stop();
    this.#settle();
  }

  async #visit(address, { enter, place, focus, failed, stay }) {
    this.#underWay.abort();
    const { signal } = (this.#underWay = new AbortController());
    this.#progress.start();
    try {
      const fetched = await this.#fetcher.get(address, signal);
      if (signal.aborted) return;
      if (fetched.isKept && isSamePlace(address, this.#shown)) stay();
      else await shown(() => !signal.aborted && this.#turn(fetched, { enter, place, focus }));
    } catch (error) {
      if (!signal.aborted) failed(error);
    } finally {
      if (!signal.aborted) this.#progress.stop();
    }
  }

  #turn({ address, page, parts }, { enter, place, focus }) {
    const left = this.#shown;
    this.#places.leave(this.#entry.key);
    this.dispatchEvent(new CustomEvent("left", { detail: { address: left } }));
    enter(address);
    this.#settle();
    setFarRowsAside(page.main);
    swap(page);
    this.dispatchEvent(new CustomEvent("entered", { detail: { page, parts } }));
    arrive({ title: page.title, focus });
    if (place) comeBackTo(place, page.main);
    drawFarRowsInSight(page.main);
    painted().then(() => drawFarRows(page.main));
    setTimeout(() => this.prepare([left]), READ_MS);
  }

  // What was put by of this very page is older than what is shown.
  #stay(focus) {
    document.querySelector("chat-timeline")?.toEnd();
    arrive({ title: document.title, focus });
  }

  #enter(address, replace) {
    if (replace) history.replaceState(this.#entry, "", address);
    else history.pushState(newEntry(this.#shown), "", address);
  }

  #settle() {
    this.#shown = location.href;
    if (!history.state?.key) history.replaceState(newEntry(), "");
    this.#entry = history.state;
  }

  // A page is fetched as soon as somebody presses, or lingers, or comes by the keyboard.
  #listenForIntent() {
    const options = { passive: true };
    document.addEventListener("pointerdown", (event) => this.#meant(event), options);
    document.addEventListener("pointerover", (event) => this.#lingers(event), options);
    document.addEventListener("focusin", (event) => event.target.matches?.("a:focus-visible") && this.#lingers(event), options);
  }

  #lingers(event) {
    clearTimeout(this.#intent);
    if (event.pointerType !== "touch" && addressOf(linkAt(event))) this.#intent = setTimeout(() => this.#meant(event), INTENT_MS);
  }

  #meant(event) {
    const address = addressOf(linkAt(event));
    if (address) this.expect(address);
  }
}

function around(address, seq) {
  const url = new URL(address);
  url.searchParams.set("around", seq);
  return url.href;
}
