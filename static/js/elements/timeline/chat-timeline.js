// The timeline: what was said, in order; it keeps the reader's place and says what they ask for.
//
//   says (bubbling) "ask" {action, message, ...}: see elements/conversation/answering.js;
//   "read" {message}: what came into sight while somebody looked
import { isAttended } from "elements/page/attention.js";
import { TimelineAsks } from "elements/timeline/asks.js";
import { DayShown } from "elements/timeline/ways/day-shown.js";
import { TimelineDrawing } from "elements/timeline/drawing.js";
import { TimelineEdges } from "elements/timeline/edges.js";
import { foldOnDemand } from "elements/timeline/message/long-message.js";
import { onPictures } from "elements/timeline/message/files.js";
import { MessageActions } from "elements/timeline/message/actions.js";
import { keepPlace, onLinksToMessages } from "elements/timeline/ways/places-kept.js";
import { ReadingAlong } from "elements/timeline/reading-along.js";
import { TimelineRows } from "elements/timeline/rows.js";
import { ScrollKeeper } from "elements/timeline/scroll-keeper.js";
import { messagesBetween } from "elements/timeline/sight.js";
import { focusRow, keepStops } from "elements/timeline/hand/stops.js";
import { ToEnd } from "elements/timeline/ways/to-end.js";
import { ToUnread } from "elements/timeline/ways/to-unread.js";
import { TimelineWalks } from "elements/timeline/ways/walks.js";

export class ChatTimeline extends HTMLElement {
  #scroller = this.querySelector(".timeline-scroll");
  #log = this.querySelector("[role=log]");
  #list = this.#log.querySelector("ol");
  #gone = new AbortController();
  #loading = Promise.resolve(); // one page after the other
  #me;
  #model;
  #pages;
  #rows;
  #keeper;
  #edges;
  #drawing;
  #asks;
  #reading;
  #walks;
  #toEnd;
  #day;

  // `model`: a Timeline. `pages`: see elements/timeline/pages.js. `readSeq`: how far we had read when the page was made.
  start({ model, pages, me, may, nameOf, readSeq }) {
    this.#me = me;
    this.#model = model;
    this.#pages = pages;
    this.#furnish({ may, nameOf });
    this.#rows.adopt(model.messages);
    this.#drawing.all();
    this.#offerUnread(readSeq);
    this.#walks.open({ height: this.#scroller.clientHeight });
    this.#listen();
  }

  get model() {
    return this.#model;
  }

  // {seq, top} of what is in sight, or null at the end.
  get place() {
    return this.#keeper?.place ?? null;
  }

  disconnectedCallback() {
    this.#keeper?.stop();
    this.#edges?.stop();
    this.#gone.abort();
  }

  // Resolves when it is done with.
  async editLast() {
    const row = this.#rows.all.findLast(({ message }) => message.user_id === this.#me.id && this.#asks.offers("edit", message));
    if (row) await this.#asks.act("edit", row);
  }

  // The message that was read last is in hand.
  takeFocus() {
    const row = this.#inSight.last ?? this.#rows.last;
    if (row) focusRow(row);
  }

  // Resolves to what is asked then, {action: "edit", text} or {action: "delete"}, or to null.
  async edit(row, text) {
    const { editIn } = await import("elements/timeline/message/edit.js");
    const asked = await editIn(row, text);
    focusRow(row);
    return asked;
  }

  // A new wording that was refused is taken up again.
  async editAgain(id, text) {
    const row = this.#rows.withId(id);
    const asked = row && (await this.edit(row, text));
    if (asked) this.dispatchEvent(new CustomEvent("ask", { detail: { message: row.message, ...asked } }));
  }

  // Let `change` alter how rows are drawn; afterwards the reader sees what they saw.
  keep(change) {
    this.#keeper.keep(change);
  }

  toEnd() {
    return this.#walks.toEnd();
  }

  // To a message by its id, and what is around it if it is not here yet but at `seq`. Back leads to where one was.
  jumpTo(id, seq) {
    return this.#walks.toMessage({ id, seq });
  }

  // To the first message of a day ("2026-11-23").
  jumpToDay(date) {
    return this.#walks.toDay(date);
  }

  // -- within ------------------------------------------------------------------------------------------------------------

  #furnish({ may, nameOf }) {
    const [scroller, list, log, model, { signal }] = [this.#scroller, this.#list, this.#log, this.#model, this.#gone];
    const rows = (this.#rows = new TimelineRows(list, { pattern: this.#patternOf("message"), reader: { me: this.#me, may, nameOf } }));
    const keeper = (this.#keeper = new ScrollKeeper(scroller, list));
    const edges = (this.#edges = new TimelineEdges(scroller, { log, list, want: (side) => this.#bring(...Object.entries(side)[0]) }));
    this.#drawing = new TimelineDrawing(model, { rows, edges, keeper, log, news: this.querySelector(".timeline-news") });
    this.#walks = new TimelineWalks({ model, rows, keeper, bring: (...page) => this.#bring(...page) });
    this.#reading = new ReadingAlong(scroller, { list, signal, tell: (message) => this.#tellRead(message) });
    this.#asks = new TimelineAsks(this, { list, actions: new MessageActions(this.#patternOf("actions"), { list, may, me: this.#me }) });
    this.#toEnd = new ToEnd(this.querySelector(".to-end"), () => this.toEnd());
    this.#day = new DayShown(this.querySelector(".timeline-day"), () => this.#askForDay());
  }

  #patternOf(name) {
    return this.querySelector(`template[data-pattern="${name}"]`);
  }

  #listen() {
    const { signal } = this.#gone;
    this.#drawing.addEventListener("arrived", ({ detail }) => this.#arrived(detail));
    this.#drawing.addEventListener("drawn", () => this.#drawn());
    this.#model.addEventListener("beyond", ({ detail }) => (this.#toEnd.count(detail.message), this.#moved()));
    this.#keeper.addEventListener("moved", () => this.#moved()); // which comes with the first frame, too
    this.addEventListener("ask", ({ detail }) => detail.action === "mark-unread" && this.#markedUnread(detail.message));
    const path = location.pathname; // back and forward may lead to another page
    window.addEventListener("popstate", () => location.pathname === path && this.#walks.walked(), { signal });
    window.addEventListener("pagehide", () => keepPlace(this.#keeper.place), { signal });
    onLinksToMessages(({ id, seq }) => this.jumpTo(id, seq), { signal });
    foldOnDemand(this.#list);
    onPictures(this.#list, (file, message) => this.#look(file, message));
    keepStops(this.#list);
    this.#listenLater();
  }

  // Nobody is in the messages yet, and the rest of the page comes first.
  async #listenLater() {
    const { takeInHand } = await import("elements/timeline/hand/in-hand.js");
    takeInHand(this.#list, this.#asks);
  }

  #bring(page, ...place) {
    const bringing = this.#loading.then(async () => {
      const answer = await this.#pages[page](...place);
      if (!this.#gone.signal.aborted) this.#drawing.all();
      return answer;
    });
    this.#loading = bringing.catch(() => {});
    return bringing;
  }

  #offerUnread(readSeq) {
    const { moreBefore, firstSeq } = this.#model;
    const isFurtherBack = !this.#rows.unreadLine && moreBefore && readSeq > 0 && readSeq + 1 < firstSeq;
    new ToUnread(this.querySelector(".to-unread"), { seq: readSeq + 1, isFurtherBack, go: (seq) => this.#walks.toUnread(seq) });
  }

  async #askForDay() {
    const { askForDay } = await import("elements/timeline/ways/day-question.js");
    const date = await askForDay(this.#inSight.first?.message.timestamp);
    if (date) this.jumpToDay(date);
  }

  async #look(file, message) {
    const { showGallery } = await import("elements/gallery/gallery.js");
    showGallery({ file, message, url: this.dataset.files, jump: ({ id, seq }) => this.jumpTo(id, seq) });
  }

  get #inSight() {
    const { top, bottom } = this.#scroller.getBoundingClientRect();
    return messagesBetween(this.#list, top, bottom);
  }

  // What I say brings me to the end; what others say is counted until it is seen. While nobody looks, the end is followed
  // only until the first of them would be pushed out of sight.
  #arrived(row) {
    const { state, user_id: author, seq, kind } = row.message;
    row.dataset.arrived = "";
    if (state !== "sent") return this.toEnd();
    if (author === this.#me.id || kind === "system") return;
    this.#toEnd.count(row.message);
    if (isAttended()) return;
    if (!this.#rows.unreadLine || this.#reading.seen >= seq - 1) this.#rows.drawUnreadLine(row);
    this.#keeper.unseen = this.#rows.unreadLine;
  }

  #markedUnread({ id, seq }) {
    this.#reading.hold(seq);
    const row = this.#rows.withId(id);
    if (row) this.#keeper.keep(() => this.#rows.drawUnreadLine(row));
  }

  #drawn() {
    this.#moved();
    if (!this.#isInHand()) this.#pages.letGo(this.#inSight);
  }

  // What somebody is changing or has marked must not go away under their hands.
  #isInHand() {
    const selection = document.getSelection();
    return this.#list.querySelector("[data-editing]") || (!selection.isCollapsed && this.#list.contains(selection.anchorNode));
  }

  #moved() {
    const isAtEnd = this.#keeper.atEnd;
    if (isAttended()) this.#keeper.unseen = null;
    this.#reading.note();
    this.#day.show(this.#scroller, this.#list, { isAtEnd });
    if (this.#toEnd.show({ isAtEnd, seen: this.#reading.seen })) focusRow(this.#rows.last);
  }

  #tellRead(message) {
    this.dispatchEvent(new CustomEvent("read", { detail: { message } }));
  }
}

customElements.define("chat-timeline", ChatTimeline);
