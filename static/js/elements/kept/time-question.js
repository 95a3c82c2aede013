// Asks when: a time of those people mean, or one of their own.
import { make, makeButton } from "elements/common/make.js";
import { moment } from "elements/common/times.js";
import { asField, hereAndThere, timesToChoose } from "elements/kept/when.js";
import { gettext } from "language/gettext.js";

// `other`: {name, zone} of whom it is for, if they live by another clock. Resolves to a Date, or null.
export function askWhen({ title, other = null }) {
  const head = make("h2", "", title);
  const dialog = make("dialog", "question when-question", head, choices(other), ownTime(other));
  let answer = null;
  head.id = "when-title";
  dialog.setAttribute("aria-labelledby", head.id);
  dialog.addEventListener("chosen", ({ detail }) => ((answer = detail), dialog.close()));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => (dialog.remove(), resolve(answer))));
}

function choices(other) {
  return make("div", "when-choices", ...timesToChoose().map(({ words, at }) => choice(words, at, other)));
}

function choice(words, at, other) {
  const note = (other && hereAndThere(at, other)) || moment(at);
  const button = makeButton("quiet when-choice", make("span", "", words), make("span", "row-note", note));
  button.addEventListener("click", () => choose(button, at));
  return button;
}

function ownTime(other) {
  const field = Object.assign(make("input", "input"), { type: "datetime-local", required: true, min: asField(new Date()), value: asField(new Date(Date.now() + 3_600_000)) });
  field.ariaLabel = gettext("Another time");
  const note = make("p", "when-other");
  const cancel = makeButton("quiet", gettext("Cancel"));
  const form = make("form", "", field, note, make("div", "form-actions", make("button", "button primary", gettext("Set")), cancel));
  const show = () => (note.textContent = other && field.value ? hereAndThere(new Date(field.value), other) : "");
  field.addEventListener("input", show);
  show();
  cancel.addEventListener("click", () => form.closest("dialog").close());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    choose(form, new Date(field.value));
  });
  return form;
}

function choose(element, at) {
  element.closest("dialog").dispatchEvent(new CustomEvent("chosen", { detail: at }));
}
