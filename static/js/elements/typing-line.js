// Who is writing just now, in one line.
export class TypingLine extends HTMLElement {
  // `names`: of the others, in the order in which they began.
  show(names) {
    const words = sentence(names);
    if (this.textContent !== words) this.textContent = words;
  }
}

function sentence(names) {
  if (names.length === 0) return "";
  if (names.length > 3) return "Several people are typing…";
  return `${new Intl.ListFormat("en").format(names)} ${names.length === 1 ? "is" : "are"} typing…`;
}

customElements.define("typing-line", TypingLine);
