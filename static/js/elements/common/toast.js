// A toast says something in passing; it is read aloud, and goes by itself.
import { make } from "elements/common/make.js";

const STAYS_MS = 6_000;

export function toast(...words) {
  const element = make("p", "", ...words);
  shelf().append(element);
  removeLater(element);
  return element;
}

// Whoever has come to its button is given the time to press it.
function removeLater(element) {
  const isInHand = () => element.matches(":hover, :focus-within");
  setTimeout(() => (isInHand() ? removeLater(element) : element.remove()), STAYS_MS);
}

// Stands before it is needed: a live region that arrives with its words is not heard.
function shelf() {
  const found = document.querySelector(".toasts");
  if (found) return found;
  const made = make("div", "toasts");
  made.setAttribute("role", "status");
  document.body.append(made);
  return made;
}

shelf();
