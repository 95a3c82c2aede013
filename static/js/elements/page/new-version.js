// A page that stays open over an update goes on as it is. That there is a newer one is said beneath its header, until somebody
// takes it: what was said and not sent, and what is begun, is kept over that.
import { make, makeButton } from "elements/common/make.js";
import { gettext } from "language/gettext.js";

// `connection`: of the inbox, whose welcome says by which code the server makes pages.
export function tellOfNewVersion(connection) {
  const note = drawn();
  connection.addEventListener("frame", ({ detail: { type, version } }) => {
    if (type !== "welcome") return;
    if (version === document.documentElement.dataset.version) note.remove(); // a server that is not updated yet
    else show(note);
  });
}

function drawn() {
  const button = makeButton("small", gettext("Reload"));
  button.addEventListener("click", reload);
  const note = make("div", "new-version", make("p", ""), button);
  note.firstChild.role = "status";
  return note;
}

// Its place stands before it is filled, or nobody hears of it.
function show(note) {
  if (note.isConnected) return;
  note.firstChild.textContent = "";
  document.querySelector(".app > .header").before(note);
  requestAnimationFrame(() => (note.firstChild.textContent = gettext("There is a new version of this page.")));
}

// What stands in a form is kept by nobody, so the browser asks about it.
function reload() {
  const ask = (event) => event.preventDefault();
  if (isFormBegun()) addEventListener("beforeunload", ask);
  location.reload();
  setTimeout(() => removeEventListener("beforeunload", ask));
}

function isFormBegun() {
  const fields = document.querySelectorAll("form:not(chat-composer form) :is(textarea, input[type=text], input:not([type]))");
  return [...fields].some((field) => field.checkVisibility() && field.value !== field.defaultValue);
}
