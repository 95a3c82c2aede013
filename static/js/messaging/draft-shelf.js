// The place where this browser keeps a person's drafts: its storage or, without one, the page's memory.
//
//   draft   {text, reply_to, revision (the server's latest that this browser knew), isKept (whether the server has it)}
//   event   "elsewhere" (detail: {id}: another tab wrote it)

import { parsed, reachable } from "live/storage.js";

const KEPT = "prizmai-draft";
let isForgotten = false; // somebody has signed out, so nothing more is stored
const NONE = { text: "", reply_to: null, revision: 0, isKept: true };

export class DraftShelf extends EventTarget {
  #prefix;
  #storage;
  #drafts = new Map(); // conversation id -> draft

  constructor({ userId, storage = reachable("localStorage"), events = globalThis }) {
    super();
    this.#prefix = `${KEPT}-${userId}-`;
    this.#storage = storage;
    for (const key of Object.keys(storage ?? {})) this.#load(key, storage.getItem(key));
    events.addEventListener?.("storage", ({ key, newValue }) => key?.startsWith(this.#prefix) && this.#heard(key, newValue));
  }

  get ids() {
    return [...this.#drafts.keys()];
  }

  read(id) {
    return this.#drafts.get(id) ?? NONE;
  }

  // An empty draft is deleted once the server knows that it is empty.
  put(id, draft) {
    const isGone = !draft.text && !draft.reply_to && draft.isKept;
    if (isGone) this.#drafts.delete(id);
    else this.#drafts.set(id, draft);
    if (isForgotten) return;
    try {
      if (isGone) this.#storage?.removeItem(this.#prefix + id);
      else this.#storage?.setItem(this.#prefix + id, JSON.stringify(draft));
    } catch {
      // If storage is full or forbidden, the draft lasts as long as the page.
    }
  }

  #heard(key, text) {
    const id = this.#load(key, text);
    this.dispatchEvent(new CustomEvent("elsewhere", { detail: { id } }));
  }

  #load(key, text) {
    if (!key.startsWith(this.#prefix)) return null;
    const id = Number(key.slice(this.#prefix.length));
    const draft = parsed(text);
    if (draft) this.#drafts.set(id, { ...NONE, isKept: false, ...draft });
    else this.#drafts.delete(id);
    return id;
  }
}

// On signing out, all drafts of this browser are deleted.
export function forgetDrafts(storage = reachable("localStorage")) {
  isForgotten = true;
  for (const key of Object.keys(storage ?? {})) if (key.startsWith(KEPT)) storage.removeItem(key);
}
