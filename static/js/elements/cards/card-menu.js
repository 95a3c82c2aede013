// What can be done with a card from where it is spoken of: another column, and whose it is.
import { icon } from "elements/common/icon.js";
import { make } from "elements/common/make.js";
import { chosenIn, placeBeside, showMenu } from "elements/common/menu.js";
import { gettext } from "language/gettext.js";

// Resolves to {door, fields}, what is to be sent to the server about it, or to null. `me`: my id.
export function chooseForCard(opener, card, me) {
  const wishes = new Map(wishesFor(card, me).map((wish) => [item(wish), wish]));
  const menu = make("div", "menu card-menu", ...wishes.keys());
  showMenu(menu, card.title);
  placeBeside(menu, opener);
  return chosenIn(menu, opener, (button) => wishes.get(button));
}

function wishesFor({ column_id: here, columns, assignees }, me) {
  const isMine = assignees.some(({ user_id: id }) => id === me);
  const others = columns.filter(({ column_id: id }) => id !== here);
  return [
    ...others.map(({ column_id: column, title }) => ({ words: gettext("Move to {column}", { column: title }), look: "chevron-right", door: "move", fields: { column } })),
    { words: isMine ? gettext("Give it up") : gettext("Take it"), look: isMine ? "user" : "user-plus", door: "take", fields: { on: isMine ? 0 : 1 } },
  ];
}

function item({ words, look }) {
  const button = make("button", "message-menu-item", icon(look), make("span", "", words));
  button.type = "button";
  button.setAttribute("role", "menuitem");
  return button;
}
