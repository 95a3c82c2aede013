// A question that must be answered before something is lost; resolves to whether the answer was yes.
export function ask({ title, words, yes, no = "Cancel" }) {
  const dialog = document.createElement("dialog");
  dialog.className = "question";
  dialog.setAttribute("aria-labelledby", "question-title");
  dialog.append(text("h2", title), text("p", words), answers(yes, no));
  dialog.firstElementChild.id = "question-title";
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function answers(yes, no) {
  const form = document.createElement("form");
  form.method = "dialog";
  form.className = "form-actions";
  form.append(button(yes, "yes", "danger"), button(no, "no", "quiet"));
  return form;
}

function button(words, value, kind) {
  const element = text("button", words);
  element.value = value;
  element.className = `button ${kind}`;
  return element;
}

function text(tag, words) {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}
