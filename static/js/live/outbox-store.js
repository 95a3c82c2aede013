// The outbox's place on disk: one IndexedDB database for each signed-in person, or nothing at all where there is none.
// An entry is there before the files that go with it: should the page die in between, the words are kept, and say what is
// missing. They go together.

export const OPEN_WITHIN_MS = 3_000; // some browsers never answer when storage is blocked
const [ENTRIES, BLOBS] = ["entries", "blobs"];
const VERSION = 2;
const FULL = "QuotaExceededError"; // and yet things may be taken off

export class OutboxStore {
  #indexedDB;
  #name;
  #clock;
  #database = null;
  #opening = null; // a promise of it, until it is here or will not be
  #hasStood = false;
  #owed = new Map(); // of what -> the latest change that has not reached the disk

  // `gone` is called when the database goes away while we use it, `changed` when `isDurable` may be another.
  constructor({ indexedDB, name, clock, gone, changed }) {
    this.#indexedDB = indexedDB;
    this.#name = name;
    this.#clock = clock;
    this.gone = gone;
    this.changed = changed;
  }

  // False where what is put lives no longer than the page: private mode, storage blocked or full.
  get isDurable() {
    return this.#database !== null && this.#owed.size === 0;
  }

  // Whether it may still come: asked to open, it was slow.
  get isExpected() {
    return this.#opening !== null;
  }

  // Resolves when there is a database, with all that it was owed, or none can be had yet; never rejects.
  async open() {
    try {
      this.#database = await this.#within(OPEN_WITHIN_MS, (this.#opening ??= this.#openDatabase()));
      this.#opening = null;
      this.#hasStood = true;
    } catch {
      return this.close();
    }
    await this.#settle();
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
    const words = this.#write(entry.client_id, (entries) => entries.put(entry));
    const kept = files.length && this.#write(filesOf(entry.client_id), (entries, all) => files.forEach(([key, blob]) => all.put(blob, key)));
    await Promise.all([words, kept]);
  }

  async remove(clientId, keys = []) {
    await this.#write(clientId, (entries, kept) => {
      entries.delete(clientId);
      for (const key of keys) kept.delete(key);
    });
    this.#owed.delete(filesOf(clientId));
  }

  async clear() {
    this.#owed.clear();
    if (this.#mayStand && !this.#database) await this.open();
    await this.#write("all", (entries, kept) => (entries.clear(), kept.clear()));
  }

  close() {
    this.#database?.close();
    this.#database = null;
  }

  // Strict: what the person sees as kept survives a loss of power too. Transactions end in the order in which they began.
  async #write(what, change) {
    if (!this.#database) return this.#mayStand && this.#owed.set(what, change);
    try {
      const transaction = this.#database.transaction([ENTRIES, BLOBS], "readwrite", { durability: "strict" });
      change(transaction.objectStore(ENTRIES), transaction.objectStore(BLOBS));
      await completed(transaction);
      this.#owed.delete(what);
      await this.#settle();
    } catch (error) {
      this.#owed.set(what, change);
      if (error?.name === FULL) this.changed();
      else this.#lose();
    }
  }

  get #mayStand() {
    return this.#hasStood || this.isExpected;
  }

  // All begin at once, so that what is written from now on comes after.
  async #settle() {
    if (this.#owed.size === 0) return;
    const owed = [...this.#owed];
    this.#owed.clear();
    await Promise.all(owed.map(([what, change]) => this.#write(what, change)));
    this.changed();
  }

  #openDatabase() {
    const request = this.#indexedDB.open(this.#name, VERSION);
    request.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) request.result.createObjectStore(ENTRIES, { keyPath: "client_id" });
      request.result.createObjectStore(BLOBS);
    };
    const opened = finished(request).then((database) => {
      database.onclose = () => this.#lose();
      database.onversionchange = () => (database.close(), this.#lose());
      return database;
    });
    return opened.catch((error) => {
      this.#opening = null;
      throw error;
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
    transaction.onabort = () => reject(transaction.error); // an error ends in it, and only then has a name
  });
}

function filesOf(clientId) {
  return `${clientId} files`;
}
