// The timeline: what was said, in order; it keeps the reader's place and says what they ask for.
//
//   says (bubbling): "ask" {action, message, ...} for react, reply, edit, delete, retry, discard, mark-unread, edit-failed;  "read" {message}
//   asks: `history(end, seq)` and `around(messageId)`, given to `start`, resolve to {messages, more_before, more_after}
import { isAttended, onAttention } from "elements/attention.js";
import { MessageActions } from "elements/message-actions.js";
import { editIn } from "elements/message-edit.js";
import { ScrollKeeper } from "elements/scroll-keeper.js";
import { TimelineAsks } from "elements/timeline-asks.js";
import { TimelineEdges } from "elements/timeline-edges.js";
import { focusRow, listenToKeys } from "elements/timeline-keys.js";
import { TimelineRows } from "elements/timeline-rows.js";

const POINT_MS = 1_600;

export class ChatTimeline extends HTMLElement {
  #scroller = this.querySelector(".timeline-scroll");
  #log = this.querySelector("[role=log]");
  #list = this.#log.querySelector("ol");
  #toEnd = this.querySelector(".to-end");
  #rows;
  #keeper;
  #edges;
  #asks;
  #history;
  #around;
  #me;
  #unseen = 0;
  #forgetAttention;

  start({ messages, me, may, nameOf, more_before: before, more_after: after, history, around }) {
    this.#me = me;
    this.#history = history;
    this.#around = around;
    this.#rows = new TimelineRows(this.#list, { pattern: this.#patternOf("message"), reader: { me, nameOf } });
    this.#keeper = new ScrollKeeper(this.#scroller, this.#list);
    this.#edges = new TimelineEdges(this.#scroller, this.#log, (end) => this.#load(end));
    const actions = new MessageActions(this.#patternOf("actions"), { list: this.#list, may, me });
    this.#asks = new TimelineAsks(this, { list: this.#list, actions });
    this.#listen();
    this.#rows.adopt(messages);
    this.#openAt(location.hash);
    this.#open({ more_before: before, more_after: after });
  }

  disconnectedCallback() {
    this.#keeper?.stop();
    this.#edges?.stop();
    this.#forgetAttention?.();
  }

  // What arrived or changed, in any order.
  put(messages) {
    const wasAtEnd = this.#keeper.atEnd;
    let mine = false;
    this.#keeper.keep(() => {
      for (const message of messages) if (this.#belongs(message) && this.#rows.put(message)) mine = this.#arrived(message) || mine;
      this.#rows.tidy();
    });
    if (mine) this.toEnd();
    else if (!wasAtEnd || this.#edges.isOpen("after")) this.#count(messages);
    this.#noteRead();
  }

  remove(message) {
    this.#keeper.keep(() => {
      this.#rows.remove(message);
      this.#rows.tidy();
    });
  }

  // The timeline anew, as after a reset or a jump far away.
  replace({ messages, more_before: before, more_after: after }) {
    const waiting = this.#rows.all.map(({ message }) => message).filter(({ seq }) => !seq);
    this.#log.setAttribute("aria-busy", "true");
    this.#rows.clear();
    for (const message of [...messages, ...(after ? [] : waiting)]) this.#rows.put(message);
    this.#rows.tidy();
    this.#open({ more_before: before, more_after: after });
    this.#log.removeAttribute("aria-busy");
  }

  editLast() {
    const row = this.#rows.all.findLast(({ message }) => message.user_id === this.#me.id && this.#asks.offers("edit", message));
    if (row) this.#asks.act("edit", row);
  }

  async edit(row) {
    const text = await editIn(row, row.message.message);
    focusRow(row);
    return text;
  }

  focusLast() {
    const last = this.#rows.all.at(-1);
    if (last) focusRow(last);
  }

  async toEnd() {
    if (this.#edges.isOpen("after")) this.replace(await this.#history("end"));
    this.#keeper.toEnd();
  }

  // To a message by its id, loading what is around it if need be.
  async jumpTo(id) {
    if (!this.#rows.find({ id })) await this.#fetchAround(id);
    const row = this.#rows.find({ id });
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
    this.#keeper.addEventListener("moved", () => this.#moved());
    this.#forgetAttention = onAttention(() => this.#noteRead());
    this.#toEnd.addEventListener("click", () => this.toEnd());
    listenToKeys(this.#list, (action, row) => this.#asks.act(action, row));
    window.addEventListener("hashchange", () => this.#openAt(location.hash));
  }

  #openAt(hash) {
    const id = /^#message-(\d+)$/.exec(hash)?.[1];
    if (id) return this.jumpTo(Number(id));
    const line = this.#list.querySelector(".unread-line");
    if (line) this.#keeper.show(line, { block: "center" });
    else this.#keeper.toEnd();
  }

  #open({ more_before: before, more_after: after }) {
    this.#edges.open("before", before);
    this.#edges.open("after", after);
    this.querySelector(".timeline-start").hidden = Boolean(before);
  }

  // What lies outside of what is loaded will come with its page.
  #belongs({ seq, id, client_id: clientId }) {
    if (!seq || this.#rows.find({ id, client_id: clientId })) return true;
    if (this.#edges.isOpen("after") && seq > this.#rows.lastSeq) return false;
    return !(this.#edges.isOpen("before") && seq < (this.#rows.firstSeq ?? 0));
  }

  // Whether it is something I have just said here.
  #arrived(message) {
    const row = this.#rows.find(message);
    row.dataset.arrived = "";
    if (message.user_id !== this.#me.id && !isAttended() && !this.#list.querySelector(".unread-line")) this.#rows.drawUnreadLine(row);
    return message.state === "sending";
  }

  #count(messages) {
    const isNews = ({ seq, user_id: from, deleted_at: deleted }) => seq > this.#lastSeen && from !== this.#me.id && !deleted;
    const news = messages.filter(isNews);
    this.#lastSeen = Math.max(this.#lastSeen, ...news.map(({ seq }) => seq));
    this.#unseen += news.length;
    this.#drawToEnd();
  }

  #lastSeen = 0;

  #moved() {
    if (this.#keeper.atEnd && !this.#edges.isOpen("after")) this.#unseen = 0;
    this.#drawToEnd();
    this.#noteRead();
  }

  #drawToEnd() {
    this.#toEnd.hidden = this.#keeper.atEnd && !this.#edges.isOpen("after");
    this.#toEnd.toggleAttribute("data-new", this.#unseen > 0);
    this.#toEnd.querySelector("span").textContent = this.#unseen > 0 ? `New messages below (${this.#unseen})` : "To the end";
  }

  // Reading is what came into sight while somebody looks.
  #noteRead() {
    if (!isAttended()) return;
    const edge = this.#scroller.getBoundingClientRect().bottom;
    const seen = this.#rows.all.findLast((row) => row.message.seq && row.getBoundingClientRect().top < edge - 8)?.message;
    if (!seen) return;
    this.#lastSeen = Math.max(this.#lastSeen, seen.seq);
    this.dispatchEvent(new CustomEvent("read", { detail: { message: seen } }));
  }

  async #load(end) {
    const seq = end === "before" ? this.#rows.firstSeq : this.#rows.lastSeq;
    const page = await this.#history(end, seq);
    this.#log.setAttribute("aria-busy", "true");
    this.#keeper.keep(() => {
      for (const message of page.messages) this.#rows.put(message);
      const wasTrimmed = this.#rows.trim(end === "before" ? "after" : "before");
      this.#rows.tidy();
      this.#edges.open(end, page[`more_${end}`]);
      if (wasTrimmed) this.#edges.open(end === "before" ? "after" : "before", true);
      this.querySelector(".timeline-start").hidden = this.#edges.isOpen("before");
    });
    this.#log.removeAttribute("aria-busy");
  }

  async #fetchAround(id) {
    const page = await this.#around(id);
    if (page?.messages.length) this.replace(page);
  }
}

customElements.define("chat-timeline", ChatTimeline);
