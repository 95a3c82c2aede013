// Cards added to a board, or items added to a checklist, that the server does not have yet. They are kept in the outbox, also
// over a reload, and sent in their order. One that is sent twice, because its answer was lost, is made once. One that is
// refused stays in the outbox, where messaging/unsent.js finds it.
//
//   addition  {client_id, url: where it is added, text}
//   events    "change" (of `waiting`), "over" (detail: {client_id, text, answer: the server's, or null})

import { Sending } from "boards/sending.js";
import { newId } from "live/new-id.js";

export class Additions extends EventTarget {
  #where;
  #place;
  #wish;
  #outbox;
  #sending;

  // `where`: the conversation_id of its entries in the outbox; `place`: {name, url} of the board or card; `wish`: "card" or
  // "item"; the others as in boards/sending.js.
  constructor({ where, place, wish, outbox, signal, ...others }) {
    super();
    this.#where = where;
    this.#place = place;
    this.#wish = wish;
    this.#outbox = outbox;
    this.#sending = new Sending({ where, outbox, signal, ...others });
    outbox.addEventListener("change", () => this.#say("change"), { signal });
    outbox.addEventListener("removed", ({ detail: { entry, ack } }) => {
      if (entry.conversation_id === where) this.#say("over", { client_id: entry.client_id, text: entry.text, answer: ack });
    }, { signal });
  }

  // In the order in which they were added.
  get waiting() {
    const entries = this.#outbox.waiting(this.#where).filter(({ state }) => state === "waiting");
    return entries.map(({ client_id, text, post: { url } }) => ({ client_id, url, text }));
  }

  // `fields`: what the server is sent. Returns the client_id of the addition.
  add(url, text, fields) {
    const clientId = newId();
    const post = { url, body: { ...fields, client_id: clientId } };
    this.#outbox.put({ client_id: clientId, conversation_id: this.#where, place: this.#place, wish: this.#wish, text, frame: null, post });
    this.send();
    return clientId;
  }

  send() {
    return this.#sending.send();
  }

  #say(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
