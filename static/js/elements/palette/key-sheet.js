// The sheet of all keys: those that work anywhere, and those of each part of a page.
import { make, makeButton } from "elements/make.js";
import { icon } from "elements/icon.js";
import { ON_A_MESSAGE } from "elements/timeline/on-a-message.js";

const ELSEWHERE = {
  "In the sidebar": [
    [["↑", "↓"], "Walk the places"],
    [["s"], "Star the one in hand, or not"],
    [["Alt", "Shift", "↑ ↓"], "Move a favourite up or down"],
  ],
  "On a message": [
    [["↑", "↓"], "Walk the messages"],
    [["PgUp", "PgDn"], "A page of messages back or on"],
    [["Home", "End"], "The first and the last one shown"],
    [["Tab"], "Links, reactions and files in the one in hand"],
    [["Enter"], "What can be done with it"],
    [["Esc"], "Back to the message, and then to where one writes"],
    ...ON_A_MESSAGE.map(({ keys, words }) => [[keys], words]),
  ],
  "While writing": [
    [["Enter"], "Send"],
    [["Ctrl", "Enter"], "Send, also out of a block of code"],
    [["Shift", "Enter"], "A new line"],
    [["↑"], "Edit what I said last, in an empty field"],
    [["@", "#", ":"], "Name a person, a place, an emoji"],
    [["Esc"], "Reply to nothing after all; or to the messages, and Esc comes back"],
  ],
  "On a board": [
    [["Space"], "Lift a card by its Move button, and drop it"],
    [["↑ ↓ ← →"], "Move the lifted card"],
    [["Esc"], "Put it back"],
    [["/"], "Filter the cards"],
    [["Ctrl", "Z"], "Undo what I did last"],
  ],
  "In a checklist": [
    [["Enter"], "Keep the words"],
    [["Alt", "↑ ↓"], "Move the item up or down"],
  ],
};

export function openKeySheet(actions) {
  if (document.querySelector("dialog[open]")) return;
  const close = makeButton("quiet icon-only small", icon("x"));
  close.ariaLabel = "Close";
  const title = make("h2", "", "Keys");
  title.id = "keys-title";
  const anywhere = actions.map(({ keys, words }) => [keys, words]);
  const sections = Object.entries({ Anywhere: anywhere, ...ELSEWHERE }).map(([name, list]) => section(name, list));
  const dialog = make("dialog", "question key-sheet", make("header", "", title, close), make("div", "key-sections", ...sections));
  dialog.setAttribute("aria-labelledby", title.id);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function section(name, list) {
  const rows = list.flatMap(([keys, words]) => [make("dt", "", ...keys.flatMap((key) => [make("kbd", "", key), " "])), make("dd", "", words)]);
  return make("section", "", make("h3", "", name), make("dl", "key-list", ...rows));
}
