// Editing in place: the body gives way to a form with the text as it was written.

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
  const form = document.createElement("form");
  form.className = "message-edit";
  const field = document.createElement("textarea");
  field.className = "input";
  field.setAttribute("aria-label", "Edit message");
  field.rows = 1;
  field.value = text;
  const line = document.createElement("div");
  line.append(button("Save", "submit", "primary"), button("Cancel", "button", "quiet"), hint());
  form.append(field, line);
  return form;
}

function button(words, type, kind) {
  const element = document.createElement("button");
  element.type = type;
  element.className = `button small ${kind}`;
  element.textContent = words;
  return element;
}

function hint() {
  const element = document.createElement("span");
  element.className = "hint";
  element.textContent = "Enter saves, Escape cancels";
  return element;
}
