// Where this page's person looks: said to the server and to the other tabs, again and again as long as it is so.
import { isAttended } from "elements/page/attention.js";

const AGAIN_MS = 30_000;
const KEPT = "prizmai-looking"; // "<conversation> <when>", by the tab that has the focus

export class Eyes {
  #connection;
  #here;
  #said;

  constructor({ connection, here }) {
    this.#connection = connection;
    this.#here = here;
    for (const moment of ["focus", "blur", "pagehide"]) window.addEventListener(moment, () => this.turn());
    document.addEventListener("visibilitychange", () => this.turn());
    connection.addEventListener("frame", ({ detail }) => detail.type === "inbox" && this.#say(this.#place()));
    setInterval(() => isAttended() && this.#say(this.#place()), AGAIN_MS);
    this.turn();
  }

  turn() {
    const place = this.#place();
    if (place !== this.#said) this.#say(place);
  }

  // Whether somebody looks at this conversation, in this tab or in another of the browser.
  isAnyTabAt(conversationId) {
    if (isAttended() && this.#here() === conversationId) return true;
    const [id, when] = (read() ?? "").split(" ").map(Number);
    return id === conversationId && Date.now() - when < AGAIN_MS + 5_000;
  }

  // A conversation, 0 for another page of ours, null for away.
  #place() {
    return isAttended() ? this.#here() ?? 0 : null;
  }

  #say(place) {
    if (place !== null) write(`${place} ${Date.now()}`);
    else if (this.#said !== undefined && this.#said !== null) write("");
    if (this.#connection.send({ type: "looking", conversation_id: place })) this.#said = place;
  }
}

function read() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function write(words) {
  try {
    localStorage.setItem(KEPT, words);
  } catch {
    // Without storage each tab knows only of itself.
  }
}
