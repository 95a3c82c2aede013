// The keyboard in a timeline: arrows (or k and j) walk the messages, a letter does something with the one in hand, Enter goes to
// what else can be done with it, and Escape goes back: to the message, and from there to where one writes.

// What a key does with the message in hand; what that is called stands in elements/timeline/on-a-message.js.
export const ACTIONS = {
  "+": "react",
  r: "reply",
  e: "edit",
  s: "save",
  m: "remind",
  f: "forward",
  p: "pin",
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
    else if (ACTIONS[event.key]) act(ACTIONS[event.key], row);
    else return;
    event.preventDefault();
  });
}

// Of all rows, this one is reached by Tab from now on.
export function focusRow(row) {
  for (const other of row.parentElement.querySelectorAll(":scope > li > article[tabindex='0']")) other.tabIndex = -1;
  row.firstElementChild.setAttribute("tabindex", "0");
  row.firstElementChild.focus();
}

function moveInside(event, row) {
  if (event.key === "Escape" && row) return row.firstElementChild.focus();
  const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const bar = steps && event.target.closest(".message-actions");
  if (!bar) return;
  const buttons = [...bar.querySelectorAll("button:not([hidden])")];
  buttons.at((buttons.indexOf(event.target) + steps) % buttons.length).focus();
  event.preventDefault();
}

function rowAt(key, row, list) {
  const rows = [...list.querySelectorAll(".message")];
  const at = rows.indexOf(row);
  if (key === "ArrowUp" || key === "k") return rows[at - 1];
  if (key === "ArrowDown" || key === "j") return rows[at + 1];
  if (key === "Home") return rows[0];
  if (key === "End") return rows.at(-1);
  return null;
}
