// A place as a row of the sidebar: the pattern of templates/messaging/sidebar/_sidebar_place.html, filled.
import { icon, showIcon } from "elements/common/icon.js";
import { make, makeAvatar, showFace } from "elements/common/make.js";
import { gettext } from "language/gettext.js";

export function makeRow(pattern) {
  return pattern.content.firstElementChild.cloneNode(true);
}

export function drawRow(row, place, { isBegun, isFavourite }) {
  const link = row.querySelector(".sidebar-link");
  row.dataset.place = link.dataset.conversation = link.querySelector("unread-badge").dataset.conversation = place.conversation_id;
  if (link.getAttribute("href") !== place.url) link.href = place.url;
  const name = link.querySelector(".truncate");
  if (name.textContent !== place.name) name.textContent = place.name;
  row.toggleAttribute("data-muted", place.level === "nothing");
  drawSign(link, place);
  drawBegun(link, isBegun);
  drawStar(row.querySelector("[data-star]"), place.name, isFavourite);
  drawOrder(row, place.name, isFavourite);
}

// What stands before the name: their face and whether they are here, or what kind of place it is.
function drawSign(link, place) {
  const { user_id: id, name, avatar } = place;
  if (!id) return showIcon(link.querySelector(":scope > .icon"), signOf(place));
  if (!link.querySelector(":scope > .face")) link.querySelector(":scope > .icon").replaceWith(faceOf(place));
  showFace(link.querySelector(".avatar"), id, name, avatar);
}

function faceOf({ user_id: id, name, avatar }) {
  const dot = make("span", "presence");
  dot.dataset.presence = id;
  return make("span", "face", makeAvatar(id, name, avatar), dot);
}

export function signOf({ kind, private: isPrivate }) {
  if (kind === "task") return "message-square";
  if (kind === "direct") return "users";
  return isPrivate ? "lock" : "hash";
}

function drawBegun(link, isBegun) {
  const sign = link.querySelector(".begun");
  if (!isBegun) sign?.remove();
  else if (!sign) link.querySelector("unread-badge").before(make("span", "begun", icon("pencil"), make("span", "visually-hidden", ` ${gettext("begun")}`)));
}

function drawStar(star, name, isFavourite) {
  const words = isFavourite ? gettext("Take {name} out of the favourites", { name }) : gettext("Add {name} to the favourites", { name });
  star.setAttribute("aria-pressed", isFavourite);
  star.setAttribute("aria-label", words);
  star.title = isFavourite ? gettext("Take out of the favourites") : gettext("Add to the favourites");
}

// Where it stands is chosen beside it, too, not by dragging alone.
function drawOrder(row, name, isFavourite) {
  const shown = row.querySelector("[data-order]");
  if (!isFavourite) return shown?.remove();
  const order = shown ?? make("button", "sidebar-order", icon("ellipsis"));
  Object.assign(order, { type: "button", tabIndex: -1, ariaLabel: gettext("Order of {name}", { name }), ariaHasPopup: "menu" });
  order.dataset.order = "";
  if (!shown) row.append(order);
}
