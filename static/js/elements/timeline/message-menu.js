// All that can be done with a message, as a menu; under a thumb it is a sheet, with the latest emoji on top.
import { latest, noteUse } from "elements/emoji/latest.js";
import { icon } from "elements/icon.js";
import { make } from "elements/make.js";
import { ON_A_MESSAGE } from "elements/timeline/on-a-message.js";

const GAP_PX = 4;
const QUICK = 6; // emoji

// `offers(action)`: whether it may be done; `words(action)`: what it is called now; `finger`: id of the pointer that pressed
// long. Resolves to {action, emoji?}, or null.
export function chooseAction(opener, { offers, words, finger }) {
  const isSheet = finger !== undefined;
  const actions = ON_A_MESSAGE.filter(({ action }) => offers(action));
  const menu = make("div", isSheet ? "menu message-menu sheet" : "menu message-menu");
  if (offers("react")) menu.append(make("div", "message-menu-emoji", ...latest().slice(0, QUICK).map(emojiButton)));
  menu.append(...actions.map((one) => item(one, words)));
  menu.popover = "auto";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", "What to do with this message");
  (document.querySelector("main") ?? document.body).append(menu); // within a landmark, as all else
  menu.showPopover();
  if (isSheet) hold(menu, finger);
  else place(menu, opener);
  menu.querySelector("[role=menuitem]").focus();
  return answerOf(menu, opener, finger);
}

function emojiButton(choice) {
  const button = make("button", "", choice.emoji);
  Object.assign(button, { type: "button", value: choice.emoji, ariaLabel: `React with ${choice.name}`, title: choice.name });
  button.setAttribute("role", "menuitem");
  button.dataset.action = "react";
  button.addEventListener("click", () => noteUse(choice));
  return button;
}

function item({ action, icon: name, words: usual, keys }, words) {
  const button = make("button", "message-menu-item", icon(name), make("span", "", words(action) ?? usual), make("kbd", "", keys));
  Object.assign(button, { type: "button", ariaKeyShortcuts: keys });
  button.setAttribute("role", "menuitem");
  button.dataset.action = action;
  return button;
}

function answerOf(menu, opener, finger) {
  return new Promise((resolve) => {
    let answer = null;
    menu.addEventListener("keydown", (event) => walk(event, menu));
    menu.addEventListener("click", ({ target, pointerId }) => {
      const button = target.closest("button");
      if (!button || pointerId === finger) return; // lifted where the menu came under it, it chooses nothing
      answer = { action: button.dataset.action, emoji: button.value || undefined };
      menu.hidePopover();
    });
    menu.addEventListener("toggle", ({ newState }) => {
      if (newState !== "closed") return;
      menu.remove();
      opener.focus?.();
      resolve(answer);
    });
  });
}

function walk(event, menu) {
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
  event.stopPropagation();
  if (next === undefined) return;
  event.preventDefault();
  (items.at(next % items.length) ?? items[0]).focus();
}

// A finger that is lifted beside a popover closes it: the one that called for it is lifted on it, wherever it is.
function hold(menu, finger) {
  try {
    menu.setPointerCapture(finger);
  } catch {} // it was lifted before
}

function place(menu, opener) {
  const { top, bottom, right } = opener.getBoundingClientRect();
  const { height, width } = menu.getBoundingClientRect();
  const below = bottom + GAP_PX + height < innerHeight ? bottom + GAP_PX : Math.max(GAP_PX, top - height - GAP_PX);
  menu.style.top = `${Math.min(below, Math.max(GAP_PX, innerHeight - height - GAP_PX))}px`;
  menu.style.left = `${Math.max(GAP_PX, Math.min(right - width, innerWidth - width - GAP_PX))}px`;
}
