// The outbox keeps what a person has said until the server has it: over reloads and crashes, and for all their tabs.
//
//   entry   {client_id, conversation_id, place: {name, url}?, frame, text, created, post: {url, body}?, files?} as given to put(), and
//           state "waiting" or "failed", reason, retryable, order, tab, faults {count, since} (the server fell over it)
//   file    {key, name, size, content_type, url (where it is to be brought), uploaded (as the server described it) or null}
//   events  "change" (anything), "removed" (detail: {entry, ack}; ack is null when the person discarded it)
//   ready       a promise: what an earlier page has left is here
//   isDurable   false where some of it lives in this page only

import { gettext } from "language/gettext.js";
import { browserClock } from "live/clock.js";
import { isLaden, withUpload } from "live/cargo.js";
import { OutboxStore } from "live/outbox-store.js";
import { reachable } from "live/storage.js";
import { Tabs } from "live/tabs.js";

const OPEN_ANEW_AFTER_MS = 5_000; // a database that went away
const FAULTS = 5; // a server that falls over the same entry so often,
const FAULTY_FOR_MS = 60_000; // and for so long, will not take it
export const LEFT_AFTER_MS = 60_000; // words that another tab has not sent by then are ours as well: a frozen tab is not gone

export class Outbox extends EventTarget {
  #entries = new Map(); // what the store holds, at hand
  #blobs = new Map(); // key -> file, of what was put on this page
  #gone = new Set(); // client_ids of what was removed, which are never used again
  #store;
  #tabs;
  #channel;
  #clock;

  constructor({
    userId,
    name = `prizmai-outbox-${userId}`,
    indexedDB = reachable("indexedDB"),
    lock = globalThis.navigator?.locks,
    channel = globalThis.BroadcastChannel,
    clock = browserClock,
  }) {
    super();
    this.#clock = clock;
    this.#tabs = new Tabs({ locks: lock, name });
    this.#store = new OutboxStore({ indexedDB, name, clock, gone: () => this.#lost(), changed: () => this.#changed() });
    this.#channel = channel ? new channel(name) : null;
    if (this.#channel) this.#channel.onmessage = ({ data }) => this.#heard(data);
    this.ready = this.#load();
  }

  get isDurable() {
    return this.#store.isDurable;
  }

  entry(clientId) {
    return this.#entries.get(clientId);
  }

  // What waits or has failed, in the order in which it was said; of all conversations when none is given.
  waiting(conversationId) {
    const wanted = (entry) => conversationId === undefined || entry.conversation_id === conversationId;
    return [...this.#entries.values()].filter(wanted).sort((one, other) => one.order - other.order);
  }

  // How many messages of mine are not sent yet; of all conversations when none is given.
  unsent(conversationId) {
    return this.waiting(conversationId).filter(({ state, wish }) => state === "waiting" && !wish).length;
  }

  // What this tab is to send. Words wait for the files that go with them, and what is said later waits for those words;
  // wishes do not, they concern what is there already.
  due(conversationId) {
    const held = new Set();
    return this.#ours(conversationId).filter((entry) => {
      if (this.#isLaden(entry)) held.add(entry.conversation_id);
      return entry.wish || !held.has(entry.conversation_id);
    });
  }

  // What this tab was to send, and the server will not have.
  refused() {
    return this.#ours(undefined, "failed");
  }

  // What this tab is to bring the files of, before it is due.
  laden() {
    return this.#ours().filter((entry) => this.#isLaden(entry));
  }

  // Resolves when it is on disk. It may be sent before: what is lost in between would have been lost anyway.
  // `blobs`: {key: Blob} of its files.
  put(entry, blobs = {}) {
    const created = entry.created ?? this.#clock.now();
    for (const [key, blob] of Object.entries(blobs)) this.#blobs.set(key, blob);
    return this.#keep({ ...entry, created, state: "waiting", reason: null, retryable: true, ...this.#last() }, blobs);
  }

  // Resolves to a file of an entry, or to undefined where it could not be kept.
  async blob(key) {
    return this.#blobs.get(key) ?? this.#store.blob(key).catch(() => undefined);
  }

  // The server has this file of an entry.
  uploaded(clientId, key, attachment) {
    const entry = this.#entries.get(clientId);
    return entry ? this.#keep(withUpload(entry, key, attachment, this.#clock.now())) : Promise.resolve();
  }

  // The server has it (`ack`: its answer), or the person does not want it any more.
  remove(clientId, ack = null) {
    const entry = this.#entries.get(clientId);
    if (!this.#remove(clientId, ack)) return Promise.resolve();
    this.#channel?.postMessage({ kind: "removed", clientId, ack });
    return this.#takeOff(entry);
  }

  // The server will not have it as it is. It stays until the person decides.
  fail(clientId, reason, retryable = true) {
    return this.#alter(clientId, { state: "failed", reason, retryable });
  }

  // The server fell over it: once too often, and it is set apart like what it will not have, so that others go on.
  faulted(clientId) {
    const [now, entry] = [this.#clock.now(), this.#entries.get(clientId)];
    if (!entry) return Promise.resolve();
    const { count = 1, since = now } = entry.faults ?? {};
    if (count >= FAULTS && now - since >= FAULTY_FOR_MS) return this.fail(clientId, gettext("The server could not take this."));
    entry.faults = { count: count + 1, since };
    return this.#store.put(entry);
  }

  // The person wants it sent again; it goes behind what waits.
  retry(clientId) {
    return this.#alter(clientId, { state: "waiting", reason: null, faults: null, ...this.#last() });
  }

  // Nothing of this person stays on this machine.
  forget() {
    this.#channel?.postMessage({ kind: "forgotten" });
    return this.#forget();
  }

  // Does `work` once no other tab of the same person is at it; resolves to what it gives.
  alone(name, work) {
    return this.#tabs.alone(name, work);
  }

  close() {
    this.#channel?.close();
    this.#store.close();
  }

  async #load() {
    await this.#store.open();
    if (this.#store.isExpected) return this.#later();
    const kept = await this.#store.all().catch(() => []);
    const early = [...this.#entries.values()]; // said while there was no store
    for (const entry of kept) if (!this.#entries.has(entry.client_id) && !this.#gone.has(entry.client_id)) this.#take(entry);
    await Promise.all(early.map((entry) => this.#store.put(entry, this.#blobsOf(entry))));
    this.#changed();
  }

  #lost() {
    this.#changed();
    this.#later();
  }

  #later() {
    this.#clock.setTimeout(() => this.#load(), OPEN_ANEW_AFTER_MS);
  }

  #last() {
    const order = Math.max(this.#clock.now(), ...[...this.#entries.values()].map((entry) => entry.order + 1));
    return { order, tab: this.#tabs.id };
  }

  #alter(clientId, change) {
    const entry = this.#entries.get(clientId);
    return entry ? this.#keep({ ...entry, ...change }) : Promise.resolve();
  }

  #keep(entry, blobs) {
    this.#take(entry);
    this.#changed();
    this.#channel?.postMessage({ kind: "put", entry });
    return this.#store.put(entry, blobs);
  }

  #ours(conversationId, state = "waiting") {
    return this.waiting(conversationId).filter((entry) => entry.state === state && (this.#tabs.isMine(entry.tab) || this.#isLeft(entry)));
  }

  // Words that are sent by two are said once; of wishes, the order counts in which they come. The clock may have been put back.
  #isLeft({ state, wish, order }) {
    return state === "waiting" && !wish && Math.abs(this.#clock.now() - order) >= LEFT_AFTER_MS;
  }

  #isLaden(entry) {
    return isLaden(entry, this.#clock.now());
  }

  #blobsOf(entry) {
    return Object.fromEntries(keysOf(entry).filter((key) => this.#blobs.has(key)).map((key) => [key, this.#blobs.get(key)]));
  }

  #take(entry) {
    this.#entries.set(entry.client_id, entry);
    this.#tabs.inherit(entry.tab, () => this.#changed());
    if (!this.#tabs.isMine(entry.tab)) this.#clock.setTimeout(() => this.#changed(), LEFT_AFTER_MS);
  }

  #remove(clientId, ack) {
    const entry = this.#entries.get(clientId);
    this.#gone.add(clientId);
    if (!this.#entries.delete(clientId)) return false;
    for (const key of keysOf(entry)) this.#blobs.delete(key);
    this.dispatchEvent(new CustomEvent("removed", { detail: { entry, ack } }));
    this.#changed();
    return true;
  }

  #forget() {
    for (const clientId of this.#entries.keys()) this.#remove(clientId, null);
    return this.#store.clear();
  }

  // What two tabs do with an entry in the same moment may come to the disk, and to the others, in either order.
  #heard({ kind, entry, clientId, ack }) {
    const known = this.#entries.get(clientId);
    if (kind === "forgotten") this.#forget();
    else if (kind === "removed") this.#remove(clientId, ack) && this.#tabs.isMine(known.tab) && this.#takeOff(known);
    else if (this.#gone.has(entry.client_id)) this.#takeOff(entry);
    else {
      this.#take(entry);
      this.#changed();
    }
  }

  #takeOff(entry) {
    return this.#store.remove(entry.client_id, keysOf(entry));
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}

function keysOf(entry) {
  return entry?.files?.map(({ key }) => key) ?? [];
}
