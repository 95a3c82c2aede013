// The outbox's place on disk: one IndexedDB database for each signed-in person, or nothing at all where there is none.
// An entry is there before the files that go with it: should the page die in between, the words are kept, and say what is
// missing. They go together.

import { browserClock } from "live/clock.js";

export const OPEN_WITHIN_MS = 3_000; // some browsers never answer when storage is blocked
const [ENTRIES, BLOBS] = ["entries", "blobs"];
const VERSION = 2;

export class OutboxStore {
  #indexedDB;
  #name;
  #clock;
  #database = null;

  // `gone` is called when the database goes away while we use it.
  constructor({ indexedDB, name, clock = browserClock, gone = () => {} }) {
    this.#indexedDB = indexedDB;
    this.#name = name;
    this.#clock = clock;
    this.gone = gone;
  }

  // False where what is put lives no longer than the page: private mode, storage blocked or full.
  get isDurable() {
    return this.#database !== null;
  }

  // Resolves to whether there is a database; never rejects.
  async open() {
    try {
      this.#database = await this.#within(OPEN_WITHIN_MS, this.#openDatabase());
    } catch {
      this.#database = null;
    }
    return this.isDurable;
  }

  async all() {
    if (!this.#database) return [];
    return finished(this.#database.transaction(ENTRIES).objectStore(ENTRIES).getAll());
  }

  // Resolves to the file that is kept under this key, or to undefined.
  async blob(key) {
    if (!this.#database) return undefined;
    return finished(this.#database.transaction(BLOBS).objectStore(BLOBS).get(key));
  }

  // `blobs`: {key: Blob}
  async put(entry, blobs = {}) {
    const files = Object.entries(blobs);
    const words = this.#write((entries) => entries.put(entry));
    const kept = files.length && this.#write((entries, all) => files.forEach(([key, blob]) => all.put(blob, key)));
    await Promise.all([words, kept]);
  }

  remove(clientId, keys = []) {
    return this.#write((entries, kept) => {
      entries.delete(clientId);
      for (const key of keys) kept.delete(key);
    });
  }

  clear() {
    return this.#write((entries, kept) => (entries.clear(), kept.clear()));
  }

  close() {
    this.#database?.close();
    this.#database = null;
  }

  // Strict: what the person sees as kept survives a loss of power too. Transactions end in the order in which they began.
  async #write(change) {
    if (!this.#database) return;
    try {
      const transaction = this.#database.transaction([ENTRIES, BLOBS], "readwrite", { durability: "strict" });
      change(transaction.objectStore(ENTRIES), transaction.objectStore(BLOBS));
      await completed(transaction);
    } catch {
      this.#lose();
    }
  }

  #openDatabase() {
    const request = this.#indexedDB.open(this.#name, VERSION);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) request.result.createObjectStore(ENTRIES, { keyPath: "client_id" });
      request.result.createObjectStore(BLOBS);
    };
    return finished(request).then((database) => {
      database.onclose = () => this.#lose();
      database.onversionchange = () => this.#lose();
      return database;
    });
  }

  #lose() {
    if (!this.#database) return;
    this.close();
    this.gone();
  }

  #within(wait, promise) {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.setTimeout(() => reject(new Error("The database does not open.")), wait);
      promise.then(resolve, reject).finally(() => this.#clock.clearTimeout(timer));
    });
  }
}

function finished(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function completed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}
