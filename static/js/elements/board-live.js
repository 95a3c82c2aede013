// <board-live>: a board that is the same on every screen. What is done here is sent; what is done anywhere is heard.
import { send } from "boards/requests.js";
import { BoardColumns } from "elements/board-columns.js";
import { BoardForms } from "elements/board-forms.js";
import { CardDrag } from "elements/card-drag.js";
import { CardKeys } from "elements/card-keys.js";
import { CardRename } from "elements/card-rename.js";
import "elements/connection-status.js";
import { formToken } from "elements/post.js";
import { onRefusal } from "elements/refusal.js";
import { Connection } from "live/connection.js";
import { Stream } from "live/stream.js";

export class BoardLive extends HTMLElement {
  #connection;
  #stream;
  #gone = new AbortController();

  // Ends what listens beyond this element.
  get signal() {
    return this.#gone.signal;
  }

  connectedCallback() {
    const { socket_url: address, revision, epoch, may_edit: mayEdit } = factsIn(document);
    this.columns = new BoardColumns(this);
    if (mayEdit) for (const Part of [CardDrag, CardKeys, CardRename, BoardForms]) new Part(this, this);
    this.#trouble.querySelector("button").addEventListener("click", () => { this.#trouble.hidden = true; });
    this.#connection = new Connection({ url: () => this.#stream.address(address) });
    this.#stream = new Stream({ connection: this.#connection, revision, epoch });
    this.#listen();
    this.#connection.open();
  }

  disconnectedCallback() {
    this.#gone.abort();
    this.#connection.close();
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

  #listen() {
    this.#stream.addEventListener("change", ({ detail }) => this.columns.show(detail));
    this.#stream.addEventListener("reset", () => this.#reload());
    this.#stream.addEventListener("broken", () => this.#reload());
    this.#stream.addEventListener("failed", () => this.trouble("This board cannot be kept up to date. Please reload the page."));
    document.querySelector("connection-status").attend({ connection: this.#connection, stream: this.#stream });
    this.#connection.addEventListener("refused", ({ detail }) => onRefusal(detail.code, "/boards/"));
  }

  async #reload() {
    const response = await fetch(location.href).catch(() => null);
    if (!response?.ok) return this.trouble("This board could not be loaded anew. Please reload the page.");
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    this.columns.replace(document.adoptNode(page.querySelector("[data-columns]")));
    this.#stream.restart(factsIn(page));
  }

  get #trouble() {
    return this.querySelector("[data-trouble]");
  }
}

function factsIn(page) {
  return JSON.parse(page.getElementById("board").textContent);
}

customElements.define("board-live", BoardLive);
