// The outbox's place on disk: one IndexedDB database for each signed-in person, or nothing at all where there is none.

import { browserClock } from "live/clock.js";

export const OPEN_WITHIN_MS = 3_000; // some browsers never answer when storage is blocked
const STORE = "entries";

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
    return finished(this.#database.transaction(STORE).objectStore(STORE).getAll());
  }

  put(entry) {
    return this.#write((store) => store.put(entry));
  }

  remove(clientId) {
    return this.#write((store) => store.delete(clientId));
  }

  clear() {
    return this.#write((store) => store.clear());
  }

  close() {
    this.#database?.close();
    this.#database = null;
  }

  // Strict: what the person sees as kept survives a loss of power too. Transactions end in the order in which they began.
  async #write(change) {
    if (!this.#database) return;
    try {
      const transaction = this.#database.transaction(STORE, "readwrite", { durability: "strict" });
      change(transaction.objectStore(STORE));
      await completed(transaction);
    } catch {
      this.#lose();
    }
  }

  #openDatabase() {
    const request = this.#indexedDB.open(this.#name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "client_id" });
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
