// All that can be done with a message, as a menu; under a thumb it is a sheet, with the latest emoji on top.
import { icon } from "elements/common/icon.js";
import { make } from "elements/common/make.js";
import { chosenIn, placeBeside, showMenu } from "elements/common/menu.js";
import { latest, noteUse } from "elements/emoji/latest.js";
import { keyName } from "elements/keys/key-name.js";
import { ON_A_MESSAGE } from "elements/timeline/message/on-a-message.js";
import { gettext } from "language/gettext.js";

const QUICK = 6; // emoji

// `offers(action)`: whether it may be done; `words(action)`: what it is called now; `finger`: id of the pointer that pressed
// long on the `row`. Resolves to {action, emoji?}, or null.
export function chooseAction(opener, { offers, words, finger, row }) {
  const isSheet = finger !== undefined;
  const actions = ON_A_MESSAGE.filter(({ action }) => offers(action));
  const menu = make("div", isSheet ? "menu message-menu sheet" : "menu message-menu");
  if (isSheet) menu.append(...aboutRow(row).map((line) => make("p", "message-menu-about", line)));
  if (offers("react")) menu.append(make("div", "message-menu-emoji", ...latest().slice(0, QUICK).map(emojiButton)));
  menu.append(...actions.map((one) => item(one, words)));
  showMenu(menu, gettext("What to do with this message"));
  if (isSheet) hold(menu, finger);
  else placeBeside(menu, opener);
  return chosenIn(menu, opener, ({ dataset, value }) => ({ action: dataset.action, emoji: value || undefined }), finger);
}

// When it was said, and who reacted how.
function aboutRow(row) {
  const reactions = [...row.querySelectorAll(".reaction")].map(({ dataset, title }) => `${dataset.emoji} ${title}`);
  return [row.querySelector(".message-head time").title, ...reactions];
}

function emojiButton(choice) {
  const button = make("button", "", choice.emoji);
  Object.assign(button, { type: "button", value: choice.emoji, ariaLabel: gettext("React with {name}", choice), title: choice.name });
  button.setAttribute("role", "menuitem");
  button.dataset.action = "react";
  button.addEventListener("click", () => noteUse(choice));
  return button;
}

function item({ action, icon: name, words: usual, keys }, words) {
  const button = make("button", "message-menu-item", icon(name), make("span", "", words(action) ?? usual), make("kbd", "", keyName(keys)));
  Object.assign(button, { type: "button", ariaKeyShortcuts: keys });
  button.setAttribute("role", "menuitem");
  button.dataset.action = action;
  return button;
}

// A finger that is lifted beside a popover closes it: the one that called for it is lifted on it, wherever it is.
function hold(menu, finger) {
  try {
    menu.setPointerCapture(finger);
  } catch {} // it was lifted before
}
