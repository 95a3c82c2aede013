// Who is writing just now, in one line.
import { gettext, locale, ngettext } from "language/gettext.js";

export class TypingLine extends HTMLElement {
  // `names`: of the others, in the order in which they began.
  show(names) {
    const words = sentence(names);
    if (this.textContent !== words) this.textContent = words;
  }
}

function sentence(names) {
  if (names.length === 0) return "";
  if (names.length > 3) return gettext("Several people are typing…");
  const people = new Intl.ListFormat(locale).format(names);
  return ngettext("{people} is typing…", "{people} are typing…", names.length, { people });
}

customElements.define("typing-line", TypingLine);
