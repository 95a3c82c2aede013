// Moves of cards that the server does not have yet. They are kept in the outbox, also over a reload, and sent in their order.
// One may be sent twice, if its answer was lost. Of several moves of a card, the one that reaches the server last counts.
//
//   move    {client_id, task: an id, place: {column, before, after}: ids or null}
//   events  "change" (of `waiting`), "over" (detail: {client_id, card: the frame of the moved card, or null}),
//           "refused" (detail: a sentence)

import { Sending } from "boards/sending.js";
import { newId } from "live/new-id.js";

export class Moves extends EventTarget {
  #board;
  #outbox;
  #sending;

  // `board`: {id, name, url}; `signal`: stop listening to the outbox; the others as in boards/sending.js.
  constructor({ board, outbox, signal, ...others }) {
    super();
    this.#board = board;
    this.#outbox = outbox;
    this.#sending = new Sending({ where: this.#where, outbox, signal, ...others });
    outbox.addEventListener("change", () => this.#changed(), { signal });
    outbox.addEventListener("removed", ({ detail: { entry, ack } }) => {
      if (entry.conversation_id === this.#where) this.#say("over", { client_id: entry.client_id, card: ack?.card ?? null });
    }, { signal });
  }

  // In the order in which they were made.
  get waiting() {
    return this.#kept().map(({ client_id, task, post }) => ({ client_id, task, place: post.body }));
  }

  // Returns the client_id of the move.
  add(task, place) {
    const clientId = newId();
    const post = { url: `/boards/task/${task}/move/`, body: place };
    const { name, url } = this.#board;
    this.#outbox.put({ client_id: clientId, conversation_id: this.#where, place: { name, url }, wish: "move", text: "", frame: null, task, post });
    this.send();
    return clientId;
  }

  send() {
    return this.#sending.send();
  }

  get #where() {
    return `board ${this.#board.id}`;
  }

  #kept() {
    return this.#outbox.waiting(this.#where);
  }

  #changed() {
    for (const { client_id, state, reason } of this.#kept()) {
      if (state !== "failed") continue;
      this.#outbox.remove(client_id);
      this.#say("refused", reason);
    }
    this.#say("change");
  }

  #say(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
