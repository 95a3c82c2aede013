// Type into a text field as a person would: what is typed can be undone, and everybody who listens to the field hears it.

// Put `text` in the place of what stands from `start` to `end`; the caret goes behind it, or selects [from, to] of it.
export function type(field, text, { start = field.selectionStart, end = field.selectionEnd, select = null } = {}) {
  field.focus();
  field.setSelectionRange(start, end);
  const isTyped = text === "" ? start === end || document.execCommand("delete") : document.execCommand("insertText", false, text);
  if (!isTyped) typeUnnoticed(field, text, start, end);
  if (select) field.setSelectionRange(start + select[0], start + select[1]);
}

// Where the browser does not take such commands, the step cannot be undone.
function typeUnnoticed(field, text, start, end) {
  field.setRangeText(text, start, end, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
}
