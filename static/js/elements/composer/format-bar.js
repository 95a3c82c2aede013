// The bar of marks above the text, for those who do not write Markdown by heart; whether it is shown is remembered.
import { icon } from "elements/common/icon.js";
import { HINTS, mark } from "elements/composer/shortcuts.js";
import { chordName } from "elements/keys/key-name.js";
import { make, makeButton } from "elements/common/make.js";
import { sideways } from "elements/common/sideways.js";
import { gettext } from "language/gettext.js";

const KEPT = "prizmai-format-bar";
export const MARKS = [
  ["bold", "bold", gettext("Bold")], ["italic", "italic", gettext("Italic")], ["strike", "strikethrough", gettext("Strike through")], ["link", "link", gettext("Link")], null,
  ["numbers", "list-ordered", gettext("Numbered list")], ["bullets", "list", gettext("Bulleted list")], ["quote", "text-quote", gettext("Quote")], null,
  ["code", "code", gettext("Code")], ["fence", "square-code", gettext("Block of code")],
];

export function startFormatBar(field, { button, before }) {
  const bar = drawBar(field);
  before.before(bar);
  const show = (isShown) => {
    bar.hidden = !isShown;
    button.setAttribute("aria-expanded", isShown);
  };
  button.setAttribute("aria-controls", bar.id);
  button.addEventListener("click", () => {
    show(bar.hidden);
    remember(!bar.hidden);
    field.focus();
  });
  show(isRemembered());
}

function drawBar(field) {
  const bar = make("div", "composer-format", ...MARKS.map((one) => (one ? buttonOf(field, ...one) : make("span", "composer-format-gap"))));
  bar.id = "composer-format";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", gettext("Formatting"));
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
  bar.addEventListener("keydown", (event) => walk(event, [...bar.querySelectorAll("button")]));
  bar.querySelectorAll("button").forEach((button, at) => (button.tabIndex = at === 0 ? 0 : -1));
  return bar;
}

function buttonOf(field, kind, sign, words) {
  const button = makeButton("quiet icon-only small", icon(sign));
  button.title = `${words} (${chordName(HINTS[kind])})`;
  button.setAttribute("aria-label", words);
  button.addEventListener("click", () => mark(field, kind));
  return button;
}

// One stop for the tab key; arrows walk within (ARIA Authoring Practices, toolbar).
function walk(event, buttons) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[sideways(event.key, event.currentTarget)];
  if (!step) return;
  event.preventDefault();
  const at = buttons.indexOf(document.activeElement);
  const next = buttons[(at + step + buttons.length) % buttons.length];
  buttons[at].tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function isRemembered() {
  try {
    return localStorage.getItem(KEPT) === "shown";
  } catch {
    return false;
  }
}

function remember(isShown) {
  try {
    localStorage.setItem(KEPT, isShown ? "shown" : "hidden");
  } catch {
    // Then it is as it was, next time.
  }
}
