// <board-live>: a board that is the same on every screen. What is done here is sent; what is done anywhere is heard.
import { Additions } from "boards/additions.js";
import { Holding } from "boards/holding.js";
import { BoardLine } from "boards/line.js";
import { Moves } from "boards/moves.js";
import { HOLDS_LAST_MS, Passing, VISITS_LAST_MS } from "boards/passing.js";
import { send } from "boards/requests.js";
import { BoardColumns } from "elements/board/board-columns.js";
import { BoardFilter } from "elements/board/board-filter.js";
import { BoardForms } from "elements/board/board-forms.js";
import { BoardUndo } from "elements/board/board-undo.js";
import { CardArchive } from "elements/board/card-archive.js";
import { CardDrag } from "elements/board/card-drag.js";
import { showGhosts } from "elements/board/card-ghosts.js";
import { CardKeys } from "elements/board/card-keys.js";
import { CardRename } from "elements/board/card-rename.js";
import { showVisitors } from "elements/board/card-visitors.js";
import { CardsUnderWay } from "elements/board/cards-under-way.js";
import { NewCards } from "elements/board/new-cards.js";
import "elements/conversation/connection-status.js";
import { foldMenus } from "elements/common/menus.js";
import { formToken } from "elements/common/post.js";
import { onRefusal } from "elements/page/refusal.js";
import { FORBIDDEN, SIGNED_OUT } from "live/close-codes.js";
import { patience } from "live/patience.js";
import { statusOf } from "messaging/status.js";

export class BoardLive extends HTMLElement {
  #line;
  #address;
  #gone = new AbortController();

  // Ends what listens beyond this element.
  get signal() {
    return this.#gone.signal;
  }

  connectedCallback() {
    const data = factsIn(document);
    this.#address = location.href;
    this.columns = new BoardColumns(this);
    if (data.may_edit) this.#startToChange();
    new BoardFilter(this, this);
    foldMenus(document, this);
    this.#trouble.querySelector("button").addEventListener("click", () => { this.#trouble.hidden = true; });
    this.#line = new BoardLine({ data, read: () => this.#read(), put: ({ page }) => this.#put(page) });
    this.#line.addEventListener("change", ({ detail }) => this.columns.show(detail));
    this.#line.addEventListener("refused", ({ detail }) => onRefusal(detail.code, "/boards/"));
    this.#showPassing(data.me.user_id);
    this.#showStatus(document.querySelector("connection-status"));
    this.#line.open();
  }

  #startToChange() {
    this.undo = new BoardUndo(this, this);
    for (const Part of [CardArchive, CardDrag, CardKeys, CardRename, BoardForms]) new Part(this, this);
  }

  start({ outbox }) {
    const { id, may_edit: mayEdit } = factsIn(document);
    if (!mayEdit) return;
    const board = { id, name: document.querySelector("[data-board-name]").textContent, url: location.pathname };
    const sending = { outbox, csrfToken: formToken, signal: this.signal };
    const moves = new Moves({ board, ...sending });
    const additions = new Additions({ where: `new cards ${id}`, place: { name: board.name, url: board.url }, wish: "card", ...sending });
    this.underWay = new CardsUnderWay(moves, this);
    this.newCards = new NewCards(additions, this);
    this.#line.stream.addEventListener("synced", () => [additions, moves].forEach((kept) => kept.send()));
    outbox.ready.then(() => [this.underWay, this.newCards].forEach((kept) => kept.show()));
  }

  disconnectedCallback() {
    this.#gone.abort();
    this.#line.close();
  }

  send(url, fields) {
    this.#trouble.hidden = true;
    return send(url, fields, { token: formToken() });
  }

  // Spoken, not shown.
  say(words) {
    this.querySelector("[data-said]").textContent = words;
  }

  trouble(words) {
    this.#trouble.querySelector("[data-words]").textContent = words;
    this.#trouble.hidden = false;
  }

  #showPassing(myId) {
    const { connection, stream } = this.#line;
    this.holding = new Holding({ send: (frame) => connection.send(frame), signal: this.signal });
    const told = { card_visited: new Passing({ myId, lastsMs: VISITS_LAST_MS }), card_held: new Passing({ myId, lastsMs: HOLDS_LAST_MS }) };
    showVisitors(this, told.card_visited);
    showGhosts(this, told.card_held);
    stream.addEventListener("other", ({ detail }) => told[detail.type]?.hear(detail), { signal: this.signal });
    connection.addEventListener("state", () => connection.state !== "open" && Object.values(told).forEach((one) => one.forget()), { signal: this.signal });
  }

  #showStatus(status) {
    const { connection, stream } = this.#line;
    const show = () => {
      const { isLoading, error } = this.#line;
      status.show(statusOf({ connection, stream: isLoading ? { state: "catching up" } : stream, error }));
    };
    for (const part of [connection, stream, this.#line]) part.addEventListener("state", show, { signal: this.signal });
    status.addEventListener("retry", () => connection.retryNow(), { signal: this.signal });
    show();
  }

  // As boards/line.js wants it.
  async #read() {
    const response = await fetch(this.#address, { signal: patience(this.signal) }).catch(() => null);
    if (response?.status === 404) return { refused: FORBIDDEN };
    const text = response?.ok ? await response.text().catch(() => null) : null;
    if (text === null) return null;
    const page = new DOMParser().parseFromString(text, "text/html");
    return page.getElementById("board") ? { page, ...factsIn(page) } : { refused: SIGNED_OUT };
  }

  #put(page) {
    for (const part of ["[data-board-name]", "[data-faces]"]) document.querySelector(part).replaceWith(document.adoptNode(page.querySelector(part)));
    this.columns.replace(document.adoptNode(page.querySelector("[data-columns]")));
    this.underWay?.showAgain();
    this.newCards?.show();
  }

  get #trouble() {
    return this.querySelector("[data-trouble]");
  }
}

export function startAtOnce({ outbox }) {
  document.querySelector("board-live").start({ outbox });
}

function factsIn(page) {
  return JSON.parse(page.getElementById("board").textContent);
}

customElements.define("board-live", BoardLive);
