// Editing in place: the body gives way to a form with the text as it was written. It is written in as one writes a new one.
import { make, makeButton } from "elements/common/make.js";
import { isCallMeant } from "elements/composer/calls.js";
import { completions, countCalled } from "elements/composer/completing/completions.js";
import { listenToPastes } from "elements/composer/pasting.js";
import { takeLineBreak, takeShortcut } from "elements/composer/shortcuts.js";
import { sends } from "elements/keys/touch.js";
import { isDeletionMeant } from "elements/timeline/message/deletion.js";
import { forgetWording, keepWording, wordingBegun } from "elements/timeline/message/wordings-begun.js";
import { gettext } from "language/gettext.js";

// Resolves to what is asked then, {action: "edit", text} or {action: "delete"}, or to null if nothing is to change.
export async function editIn(row, text) {
  const { id } = row.message;
  const form = drawForm(wordingBegun(id) ?? text);
  const body = row.querySelector(".message-body");
  body.hidden = true;
  row.dataset.editing = "";
  body.after(form);
  const asked = await answerOf(form, fieldOf(form, id), row);
  forgetWording(id);
  form.remove();
  body.hidden = false;
  delete row.dataset.editing;
  return asked?.text === row.message.message ? null : asked;
}

function fieldOf(form, id) {
  const field = form.querySelector("textarea");
  listenToPastes(field, { offerFile: () => {} }); // words that are there already stay words
  field.addEventListener("input", () => keepWording(id, field.value));
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  return field;
}

function answerOf(form, field, row) {
  const about = document.querySelector("chat-composer")?.about; // gone where nobody may write any more
  const completion = about && completions(field, about.data, about.talkers);
  return new Promise((resolve) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const asked = await askedBy(field.value.trim(), row.message);
      if (asked && (await isMeant(asked, row.message, about))) resolve(asked);
      else field.focus();
    });
    form.querySelector("[type=button]").addEventListener("click", () => resolve(null));
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.isComposing || event.keyCode === 229) return; // a word that is still being put together
      if (take(event, field, completion)) event.preventDefault();
      else if (event.key === "Escape") resolve(null);
      else if (sends(event)) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
  });
}

// Whoever leaves no words may mean that the message should go, unless its files still say something; null if it should not.
async function askedBy(text, { attachments = [] }) {
  if (text || attachments.length) return { action: "edit", text };
  return (await isDeletionMeant()) ? { action: "delete" } : null;
}

// Whoever calls many people anew is asked.
function isMeant({ text = "" }, { message: before }, about) {
  return !about || isCallMeant(text, () => countCalled(about.data), before);
}

// Whether the key was for what is being written.
function take(event, field, completion) {
  return completion?.take(event) || takeShortcut(field, event) || takeLineBreak(field, event);
}

function drawForm(text) {
  const field = make("textarea", "input");
  field.setAttribute("aria-label", gettext("Edit message"));
  field.rows = 1;
  field.value = text;
  const save = make("button", "button small primary", gettext("Save"));
  const line = make("div", "message-edit-foot", save, makeButton("small quiet", gettext("Cancel")), make("span", "hint", gettext("Enter saves, Escape cancels")));
  return make("form", "message-edit", make("div", "message-edit-field", field), line);
}
