// The keyboard in a timeline: arrows (or k and j) walk the messages, a letter does something with the one in hand, Tab goes into
// it, Enter to what else can be done with it, and Escape goes back: to the message, and from there to where one writes.
import { sideways } from "elements/common/sideways.js";
import { IS_APPLE } from "elements/keys/shortcut.js";
import { focusRow } from "elements/timeline/hand/stops.js";

// What a key does with the message in hand; what that is called stands in elements/timeline/message/on-a-message.js.
export const ACTIONS = {
  "+": "react",
  r: "reply",
  e: "edit",
  s: "save",
  m: "remind",
  f: "forward",
  p: "pin",
  d: "card",
  c: "copy-link",
  t: "copy-text",
  u: "mark-unread",
  w: "readers",
  Delete: "delete",
};

// `act(action, row)` does it, if it may be done.
export function listenToKeys(list, act) {
  list.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.target.closest(".message");
    if (!row || event.target !== row.firstElementChild) return moveInside(event, row);
    const next = rowAt(event.key, row, list);
    if (next) focusRow(next);
    else if (event.key === "Enter") row.querySelector(".message-actions button:not([hidden])")?.focus();
    else if (event.key === "Escape") list.closest(".conversation")?.querySelector("chat-composer")?.focus();
    else if (actionOf(event)) act(actionOf(event), row);
    else return;
    event.preventDefault();
  });
}

// The one key that deletes on a Mac tells of itself as Backspace.
function actionOf({ key }) {
  return ACTIONS[IS_APPLE && key === "Backspace" ? "Delete" : key];
}

function moveInside(event, row) {
  if (event.key === "Escape" && row) return row.firstElementChild.focus();
  const steps = { ArrowLeft: -1, ArrowRight: 1 }[sideways(event.key, event.target)];
  const bar = steps && event.target.closest(".message-actions");
  if (!bar) return;
  const buttons = [...bar.querySelectorAll("button:not([hidden])")];
  const next = buttons.at((buttons.indexOf(event.target) + steps) % buttons.length);
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next.focus();
  event.preventDefault();
}

function rowAt(key, row, list) {
  const rows = [...list.querySelectorAll(".message")];
  const at = rows.indexOf(row);
  if (key === "ArrowUp" || key === "k") return rows[at - 1];
  if (key === "ArrowDown" || key === "j") return rows[at + 1];
  if (key === "Home") return rows[0];
  if (key === "End") return rows.at(-1);
  if (key === "PageUp") return aPageOn(rows, at, -1, list);
  if (key === "PageDown") return aPageOn(rows, at, 1, list);
  return null;
}

// As far as one sees at once. Null while some of this message is still to be read that way: then the page scrolls.
function aPageOn(rows, at, step, list) {
  const view = list.closest(".timeline-scroll").getBoundingClientRect();
  const { top, bottom } = rows[at].getBoundingClientRect();
  if (step > 0 ? bottom > view.bottom + 1 : top < view.top - 1) return null;
  const isInReach = (row) => row && Math.abs(row.getBoundingClientRect().top - top) < view.height;
  let to = at + step;
  while (isInReach(rows[to + step])) to += step;
  return rows[to];
}
