// Asks for a day of a conversation to go to; resolves to it ("2026-11-23"), or to null.
import { make, makeButton } from "elements/common/make.js";
import { gettext } from "language/gettext.js";

// `from`: a timestamp, whose day is offered.
export function askForDay(from = new Date().toISOString()) {
  const field = make("input", "input");
  Object.assign(field, { type: "date", value: dayHere(new Date(from)), max: dayHere(new Date()), required: true, name: "date" });
  field.setAttribute("aria-label", gettext("Day"));
  const label = make("div", "field", field);
  const dialog = make("dialog", "question day-question", make("h2", "", gettext("Jump to a day")), form(label));
  dialog.setAttribute("aria-labelledby", "day-question-title");
  dialog.firstElementChild.id = "day-question-title";
  document.body.append(dialog);
  dialog.showModal();
  field.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "go" ? field.value : null);
    });
  });
}

function form(label) {
  const go = make("button", "button primary", gettext("Go there"));
  const cancel = makeButton("quiet", gettext("Cancel"));
  go.value = "go";
  cancel.addEventListener("click", () => cancel.closest("dialog").close());
  const element = make("form", "stack", label, make("div", "form-actions", go, cancel));
  element.method = "dialog";
  return element;
}

function dayHere(date) {
  const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
}
