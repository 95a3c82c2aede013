// A question that must be answered before something is lost; resolves to whether the answer was yes.
import { make } from "elements/common/make.js";
import { gettext } from "language/gettext.js";

// `kind` is the look of the button that says yes.
export function ask({ title, words, yes, no = gettext("Cancel"), kind = "danger" }) {
  const said = make("p", "", words);
  const dialog = make("dialog", "question", make("h2", "", title), said, answers(yes, no, kind));
  dialog.setAttribute("aria-labelledby", "question-title");
  dialog.setAttribute("aria-describedby", "question-words");
  dialog.firstElementChild.id = "question-title";
  said.id = "question-words";
  dialog.addEventListener("keydown", (event) => event.repeat && event.preventDefault()); // a key still held from before answers nothing
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function answers(yes, no, kind) {
  const form = make("form", "form-actions", button(yes, "yes", kind), button(no, "no", "quiet"));
  form.method = "dialog";
  return form;
}

function button(words, value, kind) {
  const element = make("button", `button ${kind}`, words);
  element.value = value;
  return element;
}
