// A connection is one line to the server that comes back by itself; it carries frames and knows nothing of what they mean.
//
//   state    closed, connecting, open, reconnecting, disconnected, offline, refused
//   attempt  how many tries in a row have failed;  retryAt  when the next one is due (ms), or null
//   closeCode  of the line that was lost last;  refusal  {code, reason}
//   events   "state"; "frame" (detail: the parsed frame); "refused" (detail: {code, reason})

import { ATTEMPTS_IN_CHAIN, waitBefore } from "live/backoff.js";
import { browserClock } from "live/clock.js";
import { isFinal, RESTART, SIGNED_OUT, TOO_FAST } from "live/close-codes.js";
import { Heartbeat } from "live/heartbeat.js";
import { parsed } from "live/storage.js";
import { Wakes } from "live/wakes.js";

const PROTOCOL = "prizmai.v2";
export const OPEN_WITHIN_MS = 10_000;
const STABLE_AFTER_MS = 5_000; // a line this old, and welcomed, ends the chain of attempts
const TOO_FAST_WAIT_S = 5; // when the server did not say how long

const OPEN = 1; // WebSocket.OPEN

export class Connection extends EventTarget {
  #url;
  #userId;
  #protocols;
  #WebSocket;
  #clock;
  #random;
  #window;
  #wakes;
  #heartbeat;
  #socket = null;
  #isWelcome = false; // before that, nobody knows whom the line takes us for
  #timer = null; // for the next try, or for the patience with this one
  #stable = null;
  #retryAfter = null; // seconds, as the server last asked
  #notBefore = 0; // ms: a server that found us too fast is left alone until then
  #shown = "";

  state = "closed";
  attempt = 0;
  retryAt = null;
  closeCode = null;
  refusal = null;

  // `url`: a path or address, or a function that gives it anew for every try. `userId`: whose line it is to be, if that
  // matters. `events`: the window, or what stands for it.
  constructor({ url, userId, protocols = [PROTOCOL], WebSocket, clock = browserClock, random = Math.random, events = globalThis }) {
    super();
    this.#url = typeof url === "function" ? url : () => url;
    this.#userId = userId;
    this.#protocols = protocols;
    this.#WebSocket = WebSocket ?? globalThis.WebSocket;
    this.#clock = clock;
    this.#random = random;
    this.#window = events;
    this.#heartbeat = new Heartbeat({ ping: () => this.#send({ type: "ping" }), clock, random });
    this.#heartbeat.addEventListener("stale", () => this.renew());
    this.#wakes = new Wakes(events);
    this.#wakes.addEventListener("online", () => this.#networkCame());
    this.#wakes.addEventListener("offline", () => this.#networkWent());
    this.#wakes.addEventListener("visible", () => this.#personCame());
  }

  open() {
    if (this.state !== "closed" && this.state !== "refused") return;
    this.attempt = 0;
    this.refusal = null;
    this.#wakes.listen();
    this.#connect();
  }

  close() {
    this.#wakes.stop();
    this.#drop();
    this.attempt = 0;
    this.#become("closed");
  }

  // The person asks for a try now: a new chain begins.
  retryNow() {
    if (this.state === "open") return this.#heartbeat.check();
    this.#drop();
    this.state = "closed";
    this.open();
  }

  // Give up this line and take another.
  renew() {
    if (this.#socket) this.#lost();
  }

  // Whether the line was open; a frame sent into a line that has just died is lost all the same.
  send(frame) {
    return this.#isWelcome && this.#send(frame);
  }

  #send(frame) {
    if (this.state !== "open" || this.#socket.readyState !== OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  #connect() {
    this.#drop();
    this.#become(this.attempt === 0 ? "connecting" : this.state);
    const socket = (this.#socket = new this.#WebSocket(this.#address(), this.#protocols));
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => this.#heard(event.data);
    socket.onclose = ({ code, reason }) => this.#lost(code, reason);
    this.#timer = this.#clock.setTimeout(() => this.#lost(), OPEN_WITHIN_MS);
  }

  #address() {
    const here = this.#window.location?.href;
    const address = new URL(this.#url(), here);
    address.protocol = address.protocol.replace("http", "ws");
    return address.href;
  }

  #opened() {
    this.#clock.clearTimeout(this.#timer);
    this.#heartbeat.start();
    this.#become("open");
  }

  #heard(text) {
    const frame = parsed(text);
    this.#heartbeat.heard(frame?.type === "pong");
    if (typeof frame !== "object" || !frame) return;
    if (frame.type === "welcome" && this.#isOfAnother(frame)) return this.#lost(SIGNED_OUT);
    if (frame.type === "welcome") this.#welcomed(frame);
    if (frame.type === "error" && frame.retry_after) this.#retryAfter = frame.retry_after;
    this.dispatchEvent(new CustomEvent("frame", { detail: frame }));
  }

  // Somebody else has signed in to this browser.
  #isOfAnother({ you }) {
    return this.#userId && you && you.user_id !== this.#userId;
  }

  #welcomed({ heartbeat }) {
    this.#isWelcome = true;
    this.#heartbeat.every(heartbeat);
    this.#clock.clearTimeout(this.#stable);
    this.#stable = this.#clock.setTimeout(() => this.#proved(), STABLE_AFTER_MS);
  }

  #proved() {
    this.attempt = 0;
    this.#retryAfter = null;
  }

  #lost(code = 1006, reason = "") {
    const pause = code === TOO_FAST ? 1000 * (this.#retryAfter ?? secondsIn(reason) ?? TOO_FAST_WAIT_S) : 0;
    this.closeCode = code;
    this.#drop();
    if (isFinal(code)) this.#refused({ code, reason });
    else this.#tryLater(pause);
  }

  #refused(refusal) {
    this.#wakes.stop();
    this.refusal = refusal;
    this.#become("refused");
    this.dispatchEvent(new CustomEvent("refused", { detail: refusal }));
  }

  #tryLater(pause) {
    this.attempt += 1;
    this.#notBefore = this.#clock.now() + pause;
    const isForAll = this.closeCode === RESTART && this.attempt === 1; // everybody comes back at once, so over twice the time
    const wait = pause + waitBefore(this.attempt + isForAll, this.#random);
    this.#timer = this.#clock.setTimeout(() => this.#connect(), wait);
    this.#become(this.#stateWhileWaiting(), this.#clock.now() + wait);
  }

  #stateWhileWaiting() {
    if (!this.#wakes.isOnline) return "offline";
    return this.attempt > ATTEMPTS_IN_CHAIN ? "disconnected" : "reconnecting";
  }

  // A line that still answers is not called offline: the server may be on this very machine.
  #networkWent() {
    if (this.state === "open") this.#heartbeat.check();
    else if (this.retryAt) this.#become("offline", this.retryAt);
  }

  // What was tried on the old network says nothing about the new one, so a new chain begins.
  #networkCame() {
    if (this.state === "open") return this.#heartbeat.check();
    this.attempt = 0;
    this.#connect();
  }

  // What is under way may have been tried while nobody could be reached, as on another network.
  #personCame() {
    if (!this.retryAt) this.#networkCame();
    else if (this.#clock.now() >= this.#notBefore) this.#connect();
  }

  #drop() {
    this.#heartbeat.stop();
    this.#clock.clearTimeout(this.#timer);
    this.#clock.clearTimeout(this.#stable);
    const socket = this.#socket;
    this.#socket = null;
    this.#isWelcome = false;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null; // what a dead line still brings is nobody's
    socket.close();
  }

  #become(state, retryAt = null) {
    this.state = state;
    this.retryAt = retryAt;
    const shown = JSON.stringify([state, this.attempt, retryAt]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.dispatchEvent(new Event("state"));
  }
}

// "retry_after=7" or "7" as 7; anything else as undefined.
function secondsIn(reason) {
  const digits = /\d+(\.\d+)?/.exec(reason);
  return digits ? Number(digits[0]) : undefined;
}
