// The names of who has read a message, and of who has not. People who keep it to themselves (profile, privacy) are among the latter.
import { make, makeAvatar } from "elements/common/make.js";
import { gettext } from "language/gettext.js";

const GAP_PX = 4;
const EDGE_PX = 8; // kept free at the window's edges

// The parts of such a list. `readers` and `others`: [{user_id, display_name, avatar}].
export function readersList({ readers, others }) {
  return [...part(gettext("Read by"), readers), ...part(gettext("Not read, or not told"), others)];
}

// Opens it beside a message, until one looks elsewhere.
export function showReaders(opener, people) {
  const list = make("div", "menu readers", ...readersList(people));
  Object.assign(list, { popover: "auto", tabIndex: -1, ariaLabel: gettext("Who has read it") });
  list.setAttribute("role", "group");
  list.addEventListener("toggle", ({ newState }) => newState === "closed" && (list.remove(), opener.focus()));
  (document.querySelector("main") ?? document.body).append(list);
  list.showPopover();
  place(list, opener.getBoundingClientRect());
  list.focus();
}

function place(list, { top, bottom, right }) {
  const { height, width } = list.getBoundingClientRect();
  const above = top - height - GAP_PX;
  list.style.insetBlockStart = `${Math.max(EDGE_PX, above > EDGE_PX ? above : Math.min(bottom + GAP_PX, innerHeight - height - EDGE_PX))}px`;
  list.style.left = `${Math.max(EDGE_PX, Math.min(right, innerWidth - EDGE_PX) - width)}px`;
}

function part(title, people) {
  if (people.length === 0) return [];
  const rows = people.map(({ user_id: id, display_name: name, avatar }) => make("li", "reader", makeAvatar(id, name, avatar), make("span", "truncate", name)));
  const list = make("ul", "", ...rows);
  list.setAttribute("role", "list");
  return [make("h2", "", title), list];
}
