// A draft is what someone has begun to write in one conversation; it outlives the page.
const KEPT = "prizmai-draft";

export class Draft {
  #key;

  constructor({ userId, conversationId, storage = localStorage }) {
    this.#key = `${KEPT}-${userId}-${conversationId}`;
    this.storage = storage;
  }

  // {text, reply_to}
  read() {
    try {
      return JSON.parse(this.storage.getItem(this.#key)) ?? {};
    } catch {
      return {};
    }
  }

  keep({ text, reply_to: replyTo }) {
    try {
      if (text || replyTo) this.storage.setItem(this.#key, JSON.stringify({ text, reply_to: replyTo }));
      else this.storage.removeItem(this.#key);
    } catch {
      // A full or forbidden storage costs the draft of the next visit, never the one being written.
    }
  }

  // On signing out, nothing of anybody's stays here.
  static forgetAll(storage = localStorage) {
    for (const key of Object.keys(storage)) if (key.startsWith(KEPT)) storage.removeItem(key);
  }
}
