// Markdown by the keyboard: marks around what is selected, lists that go on by themselves, and code that is written to its end.
import { continued, isInFence, marked } from "elements/composer/markup.js";
import { type } from "elements/composer/type.js";
import { isShortcut } from "elements/keys/shortcut.js";
import { sends } from "elements/keys/touch.js";

const KEYS = { b: "bold", i: "italic", e: "code", k: "link" };
const WITH_SHIFT = { x: "strike", c: "fence", 7: "numbers", 8: "bullets", 9: "quote" };
const BY_PLACE = { Digit7: "7", Digit8: "8", Digit9: "9" }; // what Shift makes of digits differs from keyboard to keyboard

export const HINTS = { bold: "Ctrl+B", italic: "Ctrl+I", strike: "Ctrl+Shift+X", link: "Ctrl+K", numbers: "Ctrl+Shift+7", bullets: "Ctrl+Shift+8", quote: "Ctrl+Shift+9", code: "Ctrl+E", fence: "Ctrl+Shift+C" };

export function mark(field, kind) {
  const { value, selectionStart, selectionEnd } = field;
  type(field, ...asTyped(marked(kind, value, selectionStart, selectionEnd)));
}

// Whether the key was for us.
export function takeShortcut(field, event) {
  if (isWithinCode(field, event)) return type(field, "\n"), true;
  const kind = kindOf(event);
  if (kind === "link" && field.selectionStart === field.selectionEnd) return false; // then it asks where to go
  if (kind) mark(field, kind);
  return Boolean(kind);
}

// Whether the key broke the line, and went on with a list.
export function takeLineBreak(field, event) {
  if (event.key !== "Enter" || sends(event)) return false;
  const { value, selectionStart, selectionEnd } = field;
  const change = selectionStart === selectionEnd ? continued(value, selectionStart) : null;
  if (change) type(field, ...asTyped(change));
  return Boolean(change);
}

// Enter sends no half of a block of code.
function isWithinCode({ value, selectionStart }, { key, ctrlKey, metaKey }) {
  return key === "Enter" && !ctrlKey && !metaKey && isInFence(value, selectionStart);
}

function kindOf(event) {
  const { key, code, shiftKey, altKey } = event;
  if (!isShortcut(event) || altKey) return null;
  return (shiftKey ? WITH_SHIFT[BY_PLACE[code] ?? key.toLowerCase()] : KEYS[key.toLowerCase()]) ?? null;
}

function asTyped({ text, ...where }) {
  return [text, where];
}
