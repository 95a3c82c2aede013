// What can be done with a card from where it is spoken of: another column, and whose it is.
import { icon } from "elements/icon.js";
import { make } from "elements/make.js";

// Resolves to {door, fields}, what is to be sent to the server about it, or to null. `me`: my id.
export function chooseForCard(opener, card, me) {
  const isMine = card.assignees.some(({ user_id: id }) => id === me);
  const menu = make("div", "menu card-menu");
  menu.popover = "auto";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", card.title);
  const columns = card.columns.filter(({ column_id: id }) => id !== card.column_id);
  const wishes = [
    ...columns.map(({ column_id: column, title }) => ({ words: `Move to ${title}`, look: "chevron-right", door: "move", fields: { column } })),
    { words: isMine ? "Give it up" : "Take it", look: isMine ? "user" : "user-plus", door: "take", fields: { on: isMine ? 0 : 1 } },
  ];
  menu.append(...wishes.map(item));
  document.querySelector("main").append(menu);
  menu.showPopover();
  place(menu, opener);
  menu.querySelector("button").focus();
  return answerOf(menu, wishes, opener);
}

function item({ words, look }) {
  const button = make("button", "message-menu-item", icon(look), make("span", "", words));
  button.type = "button";
  button.setAttribute("role", "menuitem");
  return button;
}

function answerOf(menu, wishes, opener) {
  const items = [...menu.children];
  return new Promise((resolve) => {
    let answer = null;
    menu.addEventListener("keydown", (event) => walk(event, items));
    menu.addEventListener("click", ({ target }) => {
      answer = wishes[items.indexOf(target.closest("button"))] ?? null;
      if (answer) menu.hidePopover();
    });
    menu.addEventListener("toggle", ({ newState }) => {
      if (newState !== "closed") return;
      menu.remove();
      opener.focus();
      resolve(answer);
    });
  });
}

function walk(event, items) {
  const at = items.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  event.stopPropagation();
  if (next === undefined) return;
  event.preventDefault();
  items.at(next % items.length).focus();
}

function place(menu, opener) {
  const { bottom, top, left } = opener.getBoundingClientRect();
  const { height, width } = menu.getBoundingClientRect();
  menu.style.top = `${bottom + 4 + height < innerHeight ? bottom + 4 : Math.max(4, top - height - 4)}px`;
  menu.style.left = `${Math.max(4, Math.min(left, innerWidth - width - 4))}px`;
}
