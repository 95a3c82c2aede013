// The ways of a reader through a timeline: to a message, a day, the first unread, the end, and back to where they were.
import { toast } from "elements/common/toast.js";
import { focusRow } from "elements/timeline/hand/stops.js";
import { messageNamed, placeKept, stepTo } from "elements/timeline/ways/places-kept.js";
import { gettext } from "language/gettext.js";

const POINT_MS = 1_600;
const DAY_PX = 12; // above the first message of a day one has gone to
const UNREAD_SHARE = 1 / 4; // of what is in sight lies above the first unread message
const NOT_THERE = gettext("That message is not here any more.");
const NOT_LOADED = gettext("That part of the conversation could not be loaded. Please try again.");

export class TimelineWalks {
  #model;
  #rows;
  #keeper;
  #bring;

  // `bring(page, ...place)` resolves when that page is drawn; see elements/timeline/pages.js.
  constructor({ model, rows, keeper, bring }) {
    this.#model = model;
    this.#rows = rows;
    this.#keeper = keeper;
    this.#bring = bring;
  }

  // Where reading goes on when a page opens.
  open({ height }) {
    const [place, named, line] = [placeKept(), messageNamed(location), this.#rows.unreadLine];
    const asked = this.#rows.withSeq(Number(new URLSearchParams(location.search).get("around")));
    if (place) this.#goBackTo(place);
    else if (named) this.#openAt(named);
    else if (asked) this.#keeper.show(asked);
    else if (line) this.#keeper.show(line, { top: height * UNREAD_SHARE });
    else this.#keeper.toEnd();
  }

  // The browser's history was walked, within this page.
  walked() {
    const [place, named] = [placeKept(), messageNamed(location)];
    if (place) this.#goBackTo(place);
    else if (named) this.#goTo(named);
    else this.toEnd();
  }

  async toEnd() {
    if (this.#model.moreAfter) await this.#brought("newest");
    this.#keeper.toEnd();
  }

  // To a message by its id, and what is around it if it is not here yet but at `seq`. Back leads to where one was.
  async toMessage({ id, seq }) {
    const place = this.#keeper.place;
    if (await this.#goTo({ id, seq })) stepTo(id, place);
  }

  async toDay(date) {
    const page = await this.#brought("day", date);
    const row = page?.around && this.#rows.withSeq(page.around);
    if (!row) return;
    this.#keeper.show(row.previousElementSibling?.matches(".day") ? row.previousElementSibling : row, { top: DAY_PX });
    point(row);
  }

  // To the first message from `seq` on, which is unread.
  async toUnread(seq) {
    await this.#brought("around", seq);
    const row = this.#rows.withSeq(seq);
    if (!row) return;
    this.#rows.drawUnreadLine(row);
    this.#keeper.show(row);
    focusRow(row);
  }

  // Until a page has loaded, the browser itself goes to what the address names, and takes the focus away again.
  #openAt(named) {
    const row = this.#rows.withId(named.id);
    if (row) this.#keeper.show(row);
    settled().then(() => this.#goTo(named));
  }

  async #goBackTo({ seq, top }) {
    if (!this.#rows.withSeq(seq)) await this.#brought("around", seq);
    const row = this.#rows.withSeq(seq);
    if (row) this.#keeper.show(row, { top });
  }

  // Whether it is there.
  async #goTo({ id, seq }) {
    const isTried = this.#model.withId(id) || !seq || (await this.#brought("around", seq));
    const row = this.#rows.withId(id);
    if (row) this.#keeper.show(row);
    else if (isTried) toast(NOT_THERE);
    if (row) point(row);
    return Boolean(row);
  }

  // The page; nothing, and a word about it, when it cannot be had.
  #brought(page, ...place) {
    return this.#bring(page, ...place).catch(() => void toast(NOT_LOADED));
  }
}

function point(row) {
  focusRow(row);
  row.dataset.pointed = "";
  setTimeout(() => delete row.dataset.pointed, POINT_MS);
}

function settled() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => window.addEventListener("load", () => setTimeout(resolve), { once: true }));
}
