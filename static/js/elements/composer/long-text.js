// A text that is long is better read as a file: it is offered, never done unasked, and as a draft it stays a text.
import { make, makeButton } from "elements/common/make.js";
import { type } from "elements/composer/type.js";
import { gettext, locale } from "language/gettext.js";

export class LongText {
  #field;
  #words = make("span", "");
  #keep = makeButton("small quiet", gettext("Keep as text"));
  #bar;
  #tray;
  #part = null; // {text, start} of what was pasted; null for the whole

  constructor(field, { before, tray }) {
    this.#field = field;
    this.#tray = tray;
    const accept = makeButton("small", gettext("Send as a file"));
    this.#bar = make("div", "composer-offer", this.#words, accept, this.#keep);
    this.#bar.hidden = true;
    this.#words.setAttribute("role", "status");
    accept.addEventListener("click", () => this.#accept());
    this.#keep.addEventListener("click", () => (this.close(), field.focus()));
    before.before(this.#bar);
  }

  offer(pasted) {
    this.#part = pasted;
    this.#show(gettext("That is a long text."), true);
  }

  // More than a message may have can only go as a file.
  check(length, limit) {
    if (length > limit) this.#show(tooLong(length, limit), false);
    else if (!this.#bar.hidden && this.#keep.hidden) this.close();
  }

  close() {
    this.#bar.hidden = true;
    this.#part = null;
  }

  #show(words, mayKeep) {
    this.#bar.hidden = false;
    this.#keep.hidden = !mayKeep;
    this.#words.textContent = words;
  }

  #accept() {
    const { value } = this.#field;
    const { text, start } = this.#stands(this.#part) ? this.#part : { text: value, start: 0 };
    if (!this.#tray.addText(text)) return;
    type(this.#field, "", { start, end: start + text.length });
    this.close();
  }

  // It may have been changed since.
  #stands(part) {
    return part !== null && this.#field.value.slice(part.start, part.start + part.text.length) === part.text;
  }
}

function tooLong(length, limit) {
  const [most, count] = [limit, length].map((number) => number.toLocaleString(locale));
  return gettext("A message may have {most} characters, and this has {count}.", { most, count });
}
