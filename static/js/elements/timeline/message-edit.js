// Editing in place: the body gives way to a form with the text as it was written.
import { make, makeButton } from "elements/make.js";

// Resolves to the new text, or to null if nothing is to change.
export function editIn(row, text) {
  const form = drawForm(text);
  const body = row.querySelector(".message-body");
  const field = form.querySelector("textarea");
  body.hidden = true;
  row.dataset.editing = "";
  body.after(form);
  field.focus();
  field.setSelectionRange(text.length, text.length);
  return answerOf(form, field).then((answer) => {
    form.remove();
    body.hidden = false;
    delete row.dataset.editing;
    return answer === text ? null : answer;
  });
}

function answerOf(form, field) {
  return new Promise((resolve) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      resolve(field.value.trim() || null);
    });
    form.querySelector("[type=button]").addEventListener("click", () => resolve(null));
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing) return;
      if (event.key === "Escape") resolve(null);
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
  });
}

function drawForm(text) {
  const field = make("textarea", "input");
  field.setAttribute("aria-label", "Edit message");
  field.rows = 1;
  field.value = text;
  const save = make("button", "button small primary", "Save");
  const line = make("div", "", save, makeButton("small quiet", "Cancel"), make("span", "hint", "Enter saves, Escape cancels"));
  return make("form", "message-edit", field, line);
}
