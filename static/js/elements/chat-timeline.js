// The timeline: what was said, in order; it keeps the reader's place and says what they ask for.
//
//   says (bubbling) "ask" {action, message, ...}: react, reply, edit, delete, mark-unread, retry, discard, edit-failed;
//   "read" {message}: what came into sight while somebody looked
import { isAttended, onAttention } from "elements/page/attention.js";
import { MessageActions } from "elements/timeline/message-actions.js";
import { editIn } from "elements/timeline/message-edit.js";
import { ScrollKeeper } from "elements/timeline/scroll-keeper.js";
import { TimelineAsks } from "elements/timeline/asks.js";
import { TimelineDrawing } from "elements/timeline/drawing.js";
import { TimelineEdges } from "elements/timeline/edges.js";
import { focusRow, listenToKeys } from "elements/timeline/keys.js";
import { TimelineRows } from "elements/timeline/rows.js";
import { ToEnd } from "elements/timeline/to-end.js";
import { ToUnread } from "elements/timeline/to-unread.js";

const POINT_MS = 1_600;
const PEEK_PX = 12; // of a message that must be seen before it counts as read

export class ChatTimeline extends HTMLElement {
  #scroller = this.querySelector(".timeline-scroll");
  #log = this.querySelector("[role=log]");
  #list = this.#log.querySelector("ol");
  #me;
  #model;
  #pages;
  #rows;
  #keeper;
  #edges;
  #asks;
  #toEnd;
  #drawing;
  #gone = new AbortController();

  // `model`: a Timeline. `pages`: before(), after(), newest() and around(seq) resolve when the model has them.
  // `readSeq`: how far we had read when the page was made.
  start({ model, pages, me, may, nameOf, readSeq }) {
    this.#me = me;
    this.#model = model;
    this.#pages = pages;
    this.#rows = new TimelineRows(this.#list, { pattern: this.#patternOf("message"), reader: { me, nameOf } });
    this.#keeper = new ScrollKeeper(this.#scroller, this.#list);
    this.#edges = new TimelineEdges(this.#scroller, this.#log, (end) => this.#load(end));
    const actions = new MessageActions(this.#patternOf("actions"), { list: this.#list, may, me });
    this.#asks = new TimelineAsks(this, { list: this.#list, actions });
    this.#toEnd = new ToEnd(this.querySelector(".to-end"), () => this.toEnd());
    this.#offerUnread(readSeq);
    this.#rows.adopt(model.messages);
    this.#drawEdges();
    this.#openAt(location.hash);
    this.#listen();
    this.#noteRead();
  }

  disconnectedCallback() {
    this.#keeper?.stop();
    this.#edges?.stop();
    this.#gone.abort();
  }

  editLast() {
    const row = this.#rows.all.findLast(({ message }) => message.user_id === this.#me.id && this.#asks.offers("edit", message));
    if (row) this.#asks.act("edit", row);
  }

  // Resolves to the new wording, or null.
  async edit(row, text) {
    const answer = await editIn(row, text);
    focusRow(row);
    return answer;
  }

  // A new wording that was refused is taken up again.
  async editAgain(id, text) {
    const row = this.#rows.withId(id);
    const answer = row && (await this.edit(row, text));
    if (answer) this.dispatchEvent(new CustomEvent("ask", { detail: { action: "edit", message: row.message, text: answer } }));
  }

  async toEnd() {
    if (this.#model.moreAfter) await this.#load("newest");
    this.#keeper.toEnd();
  }

  // To a message by its id, and what is around it if it is not here yet but at `seq`.
  async jumpTo(id, seq) {
    if (seq && !this.#model.withId(id)) await this.#load("around", seq);
    const row = this.#rows.withId(id);
    if (!row) return;
    this.#keeper.show(row);
    focusRow(row);
    row.dataset.pointed = "";
    setTimeout(() => delete row.dataset.pointed, POINT_MS);
  }

  #patternOf(name) {
    return this.querySelector(`template[data-pattern="${name}"]`);
  }

  #listen() {
    const drawing = (this.#drawing = new TimelineDrawing(this.#model, { rows: this.#rows, keeper: this.#keeper, log: this.#log }));
    drawing.addEventListener("arrived", ({ detail }) => this.#arrived(detail));
    drawing.addEventListener("drawn", () => this.#drawn());
    this.#keeper.addEventListener("moved", () => this.#moved());
    const { signal } = this.#gone;
    onAttention(() => this.#noteRead(), { signal });
    window.addEventListener("hashchange", () => location.hash && this.#openAt(location.hash), { signal });
    listenToKeys(this.#list, (action, row) => this.#asks.act(action, row));
  }

  #openAt(hash) {
    const id = /^#message-(\d+)$/.exec(hash)?.[1];
    const line = this.#list.querySelector(".unread-line");
    const seq = Number(new URLSearchParams(location.search).get("around"));
    if (id) settled().then(() => this.jumpTo(Number(id), seq));
    else if (line) this.#keeper.show(line);
    else this.#keeper.toEnd();
  }

  #offerUnread(readSeq) {
    const { moreBefore, firstSeq } = this.#model;
    const isFurtherBack = moreBefore && readSeq > 0 && readSeq + 1 < firstSeq;
    new ToUnread(this.querySelector(".to-unread"), { seq: readSeq + 1, isFurtherBack, go: (seq) => this.#showUnread(seq) });
  }

  async #showUnread(seq) {
    await this.#load("around", seq);
    const row = this.#rows.all.find(({ message }) => message.seq >= seq);
    if (!row) return;
    this.#rows.drawUnreadLine(row);
    this.#keeper.show(row);
    focusRow(row);
  }

  #drawEdges() {
    this.#edges.open("before", this.#model.moreBefore);
    this.#edges.open("after", this.#model.moreAfter);
    this.querySelector(".timeline-start").hidden = this.#model.moreBefore;
  }

  async #load(page, seq) {
    await this.#pages[page](seq);
    this.#drawing.all();
  }

  // What I say brings me to the end; what others say is counted when it is out of sight.
  #arrived(row) {
    const { state, user_id: author } = row.message;
    row.dataset.arrived = "";
    if (state !== "sent") return this.toEnd();
    if (author === this.#me.id) return;
    if (!this.#keeper.atEnd) this.#toEnd.count();
    if (!isAttended() && !this.#list.querySelector(".unread-line")) this.#rows.drawUnreadLine(row);
  }

  #drawn() {
    if (this.#keeper.atEnd) this.#pages.letGo();
    this.#drawEdges();
    this.#moved();
  }

  #moved() {
    this.#toEnd.show({ isAtEnd: this.#keeper.atEnd && !this.#model.moreAfter });
    this.#noteRead();
  }

  #noteRead() {
    if (!isAttended()) return;
    const edge = this.#scroller.getBoundingClientRect().bottom - PEEK_PX;
    const row = this.#rows.all.findLast((one) => one.message?.seq && one.getBoundingClientRect().top < edge);
    if (row) this.dispatchEvent(new CustomEvent("read", { detail: { message: row.message } }));
  }
}

// Until a page has loaded, the browser itself goes to what the address names, and takes the focus away again.
function settled() {
  if (document.readyState === "complete") return Promise.resolve();
  return new Promise((resolve) => window.addEventListener("load", () => setTimeout(resolve), { once: true }));
}

customElements.define("chat-timeline", ChatTimeline);
