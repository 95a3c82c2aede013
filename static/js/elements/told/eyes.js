// Where this page's person looks: said to the server and to the other tabs, again and again as long as it is so; and how long
// ago they last touched the page, for a screen that is on is not yet somebody.
import { isAttended } from "elements/page/attention.js";

const AGAIN_MS = 30_000; // whoever touched nothing for longer is told of at once when they do
const TOUCHES = ["pointermove", "pointerdown", "touchmove", "wheel", "keydown"];
const KEPT = "prizmai-looking"; // "<conversation> <when>", by the tab that has the focus

export class Eyes {
  #connection;
  #here;
  #said;
  #touchedAt = Date.now();
  #pointer; // where it was; browsers also tell of what moves under it

  constructor({ connection, here }) {
    this.#connection = connection;
    this.#here = here;
    for (const moment of ["focus", "blur", "pagehide"]) window.addEventListener(moment, () => this.#turned());
    document.addEventListener("visibilitychange", () => this.#turned());
    for (const touch of TOUCHES) document.addEventListener(touch, (event) => this.#touched(event), { capture: true, passive: true });
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
    return id === conversationId && Math.abs(Date.now() - when) < AGAIN_MS + 5_000; // the clock may have been put back
  }

  // A conversation, 0 for another page of ours, null for away.
  #place() {
    return isAttended() ? this.#here() ?? 0 : null;
  }

  #turned() {
    if (isAttended()) this.#touchedAt = Date.now();
    this.turn();
  }

  #touched({ type, screenX, screenY }) {
    const place = `${screenX} ${screenY}`;
    if (!isAttended() || (type === "pointermove" && place === this.#pointer)) return;
    if (type === "pointermove") this.#pointer = place;
    const pause = this.#idle();
    this.#touchedAt = Date.now();
    if (pause > AGAIN_MS) this.#say(this.#place());
  }

  #idle() {
    this.#touchedAt = Math.min(this.#touchedAt, Date.now()); // the clock may have been put back
    return Date.now() - this.#touchedAt;
  }

  #say(place) {
    if (place !== null) write(`${place} ${Date.now()}`);
    else if (this.#said !== undefined && this.#said !== null) write("");
    const idle = Math.floor(this.#idle() / 1000);
    if (this.#connection.send({ type: "looking", conversation_id: place, idle })) this.#said = place;
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
