// A stream is a log of changes, numbered without holes, followed over a connection: each change comes out once and in order.
//
//   state     closed (no line), catching up, live, broken (waiting for the page to reload what it shows), failed
//   revision  up to where everything has come out;  epoch  which log this is (it changes after a restore)
//   events    "change" (detail: frame), "other" (detail: frame without a place in the log), "state",
//             "synced", "reset" (detail: frame; load the newest page), "broken" (reload, then call restart), "failed"

import { browserClock } from "live/clock.js";

const RESYNCS = 3; // this many ...
export const RESYNC_WINDOW_MS = 60_000; // ... in this time may be asked for, then it is no accident any more
const SYNC_WITHIN_MS = 15_000; // then the line is of no use, however lively
const GRACE_MS = 1_000; // for changes that a pong has overtaken

const UNNUMBERED = new Set(["welcome", "synced", "reset", "pong", "ack", "error", "mode"]);

export class Stream extends EventTarget {
  #connection;
  #clock;
  #askedSince = false; // whether the present line was opened with a since
  #isOpen = false;
  #isSyncing = false; // from the opening of the line until `synced`
  #held = null; // revision -> frame, while a resync or a reload is under way
  #resyncs = []; // when they were asked, ms
  #reloadedAt = -Infinity;
  #deadline = null;
  #grace = null;

  state = "closed";

  constructor({ connection, revision = null, epoch = null, clock = browserClock }) {
    super();
    this.#connection = connection;
    this.#clock = clock;
    this.revision = revision;
    this.epoch = epoch;
    connection.addEventListener("state", () => this.#lineChanged());
    connection.addEventListener("frame", ({ detail }) => this.#heard(detail));
  }

  // `url` with the place from which to go on, if there is one: both of since and epoch, or neither.
  address(url) {
    this.#askedSince = this.revision !== null && Boolean(this.epoch);
    if (!this.#askedSince) return url;
    return `${url}?${new URLSearchParams({ since: this.revision, epoch: this.epoch })}`;
  }

  // The page shows the log as it was at `revision`: go on from there.
  restart({ revision, epoch = this.epoch }) {
    const held = this.#held;
    this.revision = revision;
    this.epoch = epoch;
    this.#held = null;
    if (this.state !== "broken" && this.state !== "failed") return;
    if (this.#connection.state !== "open") return this.#settle("closed");
    this.#become(this.#isSyncing ? "catching up" : "live");
    for (const frame of inOrder(held)) this.#numbered(frame);
  }

  #lineChanged() {
    const isOpen = this.#connection.state === "open";
    if (isOpen === this.#isOpen) return;
    this.#isOpen = isOpen;
    this.#isSyncing = isOpen;
    if (this.state === "failed" || this.state === "broken") return;
    if (isOpen) this.#catchUp();
    else this.#settle("closed");
  }

  #heard(frame) {
    if (frame.type === "welcome") this.#welcomed(frame);
    else if (frame.type === "synced") this.#synced(frame);
    else if (frame.type === "reset") this.#reset(frame);
    else if (frame.type === "pong") this.#compare(frame);
    else if (Number.isInteger(frame.revision) && !UNNUMBERED.has(frame.type)) return this.#numbered(frame);
    this.#say("other", frame);
  }

  #welcomed({ revision, epoch }) {
    if (this.#askedSince) return;
    this.revision = revision;
    this.epoch = epoch;
    this.#settle("live");
    this.#say("synced");
  }

  // -- changes ---------------------------------------------------------------------------------------------------------

  #numbered(frame) {
    if (this.#held) this.#held.set(frame.revision, frame);
    else if (this.state === "catching up") this.#takeIncreasing(frame);
    else if (this.state === "live") this.#take(frame);
  }

  // What was missed comes as it is now: a revision that a later change of the same thing has overtaken never comes.
  #takeIncreasing(frame) {
    if (frame.revision <= this.revision) return;
    this.revision = frame.revision;
    this.#say("change", frame);
  }

  #take(frame) {
    if (frame.revision <= this.revision) return;
    if (frame.revision === this.revision + 1) return this.#takeIncreasing(frame);
    this.#resync();
    this.#held?.set(frame.revision, frame);
  }

  #synced({ revision }) {
    this.#isSyncing = false;
    if (this.state !== "catching up") return;
    const held = inOrder(this.#held);
    this.#held = null;
    for (const frame of held) if (frame.revision <= revision) this.#takeIncreasing(frame);
    this.revision = Math.max(this.revision, revision);
    this.#settle("live");
    this.#say("synced");
    for (const frame of held) this.#numbered(frame);
  }

  #reset(frame) {
    this.revision = frame.revision;
    this.epoch = frame.epoch;
    this.#held = null;
    this.#settle("live");
    this.#say("reset", frame);
  }

  // -- gaps ------------------------------------------------------------------------------------------------------------

  #compare({ revision }) {
    if (!(revision > this.revision) || this.state !== "live" || this.#grace) return;
    this.#grace = this.#clock.setTimeout(() => {
      this.#grace = null;
      if (revision > this.revision) this.#resync();
    }, GRACE_MS);
  }

  // Live changes may arrive before the answer does, so all is held until `synced` and then taken in order.
  #resync() {
    if (this.#isLooping()) return this.#give();
    this.#resyncs.push(this.#clock.now());
    this.#held = new Map();
    this.#catchUp();
    this.#connection.send({ type: "resume", since: this.revision });
  }

  #isLooping() {
    this.#resyncs = this.#resyncs.filter((time) => this.#isOfLate(time));
    return this.#resyncs.length >= RESYNCS || this.#isOfLate(this.#reloadedAt);
  }

  // The clock may have been put back since.
  #isOfLate(time) {
    return Math.abs(this.#clock.now() - time) < RESYNC_WINDOW_MS;
  }

  // One full reload, then an honest error instead of a loop.
  #give() {
    const hadReload = this.#isOfLate(this.#reloadedAt);
    this.#held = hadReload ? null : new Map();
    if (!hadReload) this.#reloadedAt = this.#clock.now();
    this.#settle(hadReload ? "failed" : "broken");
    this.#say(this.state);
  }

  // -- states ----------------------------------------------------------------------------------------------------------

  #catchUp() {
    this.#stopWaiting();
    this.#deadline = this.#clock.setTimeout(() => this.#connection.renew(), SYNC_WITHIN_MS);
    this.#become("catching up");
  }

  #settle(state) {
    this.#stopWaiting();
    this.#isSyncing = false;
    if (state === "closed") this.#held = null;
    this.#become(state);
  }

  #stopWaiting() {
    this.#clock.clearTimeout(this.#deadline);
    this.#clock.clearTimeout(this.#grace);
    this.#grace = null;
  }

  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }

  #say(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

function inOrder(held) {
  return [...(held?.values() ?? [])].sort((one, other) => one.revision - other.revision);
}
