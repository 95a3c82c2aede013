// The sheet of all keys: those that work anywhere, and those of each part of a page.
import { MARKS } from "elements/composer/format-bar.js";
import { HINTS } from "elements/composer/shortcuts.js";
import { make, makeButton } from "elements/common/make.js";
import { icon } from "elements/common/icon.js";
import { keyName } from "elements/keys/key-name.js";
import { areSingleKeysOn, turnSingleKeys } from "elements/keys/single-keys.js";
import { ON_A_MESSAGE } from "elements/timeline/message/on-a-message.js";
import { gettext } from "language/gettext.js";

const ELSEWHERE = [
  [gettext("In the sidebar"), [
    [["↑", "↓"], gettext("Walk the places")],
    [["s"], gettext("Star the one in hand, or not")],
    [["Alt", "Shift", "↑ ↓"], gettext("Move a favourite up or down")],
  ]],
  [gettext("On a message"), [
    [["↑", "↓"], gettext("Walk the messages")],
    [["PgUp", "PgDn"], gettext("A page of messages back or on")],
    [["Home", "End"], gettext("The first and the last one shown")],
    [["Tab"], gettext("Links, reactions and files in the one in hand")],
    [["Enter"], gettext("What can be done with it")],
    [["Esc"], gettext("Back to the message, and then to where one writes")],
    ...ON_A_MESSAGE.map(({ keys, words }) => [[keys], words]),
  ]],
  [gettext("While writing"), [
    [["Enter"], gettext("Send")],
    [["Ctrl", "Enter"], gettext("Send, also out of a block of code")],
    [["Shift", "Enter"], gettext("A new line")],
    ...MARKS.filter(Boolean).map(([kind, , words]) => [HINTS[kind].split("+"), words]),
    [["↑"], gettext("Edit what I said last, in an empty field")],
    [["@", "#", ":"], gettext("Name a person, a place, an emoji")],
    [["/"], gettext("Do something by a command, at the very beginning")],
    [["Esc"], gettext("Reply to nothing after all; or to the messages, and Esc comes back")],
  ]],
  [gettext("On the catch-up page"), [
    [["j", "k"], gettext("To the next row, and back")],
    [["e"], gettext("Mark it read")],
    [["u"], gettext("Take the last of these back")],
  ]],
  [gettext("In the notifications"), [
    [["↑", "↓"], gettext("Walk the notifications")],
    [["u"], gettext("Mark it read, or unread")],
  ]],
  [gettext("On a board"), [
    [["Space"], gettext("Lift a card by its Move button, and drop it")],
    [["↑ ↓ ← →"], gettext("Move the lifted card")],
    [["Esc"], gettext("Put it back")],
    [["/"], gettext("Filter the cards")],
    [["Ctrl", "Z"], gettext("Undo what I did last")],
  ]],
  [gettext("In a checklist"), [
    [["Enter"], gettext("Keep the words")],
    [["Alt", "↑ ↓"], gettext("Move the item up or down")],
  ]],
];

export function openKeySheet(actions) {
  if (document.querySelector("dialog[open]")) return;
  const close = makeButton("quiet icon-only small", icon("x"));
  close.ariaLabel = gettext("Close");
  const title = make("h2", "", gettext("Keys"));
  title.id = "keys-title";
  const anywhere = actions.map(({ keys, words }) => [keys, words]);
  const sections = [[gettext("Anywhere"), anywhere], ...ELSEWHERE].map(([name, list]) => section(name, list));
  const dialog = make("dialog", "question key-sheet", make("header", "", title, close), singleKeys(), make("div", "key-sections", ...sections));
  dialog.setAttribute("aria-labelledby", title.id);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function singleKeys() {
  const box = Object.assign(make("input", ""), { type: "checkbox", checked: areSingleKeysOn() });
  box.addEventListener("change", () => turnSingleKeys(box.checked));
  return make("label", "choice key-choice", box, gettext("A letter alone does something while nothing is written, such as n, / or ?"));
}

function section(name, list) {
  const rows = list.flatMap(([keys, words]) => [make("dt", "", ...keys.flatMap((key) => [make("kbd", "", keyName(key)), " "])), make("dd", "", words)]);
  return make("section", "", make("h3", "", name), make("dl", "key-list", ...rows));
}
