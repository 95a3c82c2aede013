// The bar above the text that says what is answered.
import { gettext } from "language/gettext.js";

const QUOTE_LENGTH = 200; // characters

export class ReplyBar {
  #bar;
  #answered = null; // {message_id, seq, display_name, excerpt}

  constructor(bar, { given }) {
    this.#bar = bar;
    bar.querySelector("button").addEventListener("click", given);
  }

  get answered() {
    return this.#answered;
  }

  answer({ id, seq, display_name, message, html, attachments = [], deleted_at: deleted }) {
    const words = deleted ? gettext("Message deleted") : (html ? wordsIn(html) : message).slice(0, QUOTE_LENGTH);
    this.show({ message_id: id, seq, display_name, excerpt: words || (attachments[0]?.name ?? "") });
  }

  // What is answered is shown as it is by now. Whether it was this message, and another before.
  hear(message) {
    const before = this.#answered;
    if (before?.message_id !== message.id) return false;
    this.answer(message);
    return this.#answered.excerpt !== before.excerpt;
  }

  // Null for nothing.
  show(answered) {
    this.#answered = answered ?? null;
    this.#bar.hidden = !answered;
    if (answered) this.#bar.querySelector(".truncate").textContent = gettext("Replying to {display_name}: {excerpt}", answered);
  }
}

// Without the marks by which they were written, as a quote has them.
function wordsIn(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent.trim();
}
