// Where a favourite stands, as a menu: for whoever has no keys for it, and drags nothing.
import { icon } from "elements/common/icon.js";
import { make } from "elements/common/make.js";
import { chosenIn, placeBeside, showMenu } from "elements/common/menu.js";
import { gettext } from "language/gettext.js";

const UP = { words: gettext("Move up"), look: "arrow-up", act: "up" };
const DOWN = { words: gettext("Move down"), look: "arrow-down", act: "down" };
const OUT = { words: gettext("Take out of the favourites"), look: "star", act: "out" };

// Resolves to "up", "down" or "out", or to null. `at`: its place of `count`, from 0.
export function chooseForFavourite(opener, { name, at, count }) {
  const acts = [...(at > 0 ? [UP] : []), ...(at < count - 1 ? [DOWN] : []), OUT];
  const menu = make("div", "menu card-menu", ...acts.map(item));
  showMenu(menu, name);
  placeBeside(menu, opener);
  return chosenIn(menu, opener, (button) => button.value);
}

function item({ words, look, act }) {
  const button = make("button", "message-menu-item", icon(look), make("span", "", words));
  Object.assign(button, { type: "button", value: act });
  button.setAttribute("role", "menuitem");
  return button;
}
