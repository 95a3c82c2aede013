// The keyboard in a timeline: arrows (or k and j) walk the messages, a letter does something with the one in hand, Enter goes to
// what else can be done with it, and Escape goes back: to the message, and from there to where one writes.

// What can be done with a message: the key that does it, what it is called, and how it looks.
export const ON_A_MESSAGE = [
  { keys: "+", action: "react", words: "React", icon: "smile-plus" },
  { keys: "r", action: "reply", words: "Reply", icon: "reply" },
  { keys: "e", action: "edit", words: "Edit", icon: "pencil" },
  { keys: "s", action: "save", words: "Save for later", icon: "bookmark" },
  { keys: "m", action: "remind", words: "Remind me", icon: "alarm-clock" },
  { keys: "f", action: "forward", words: "Forward", icon: "forward" },
  { keys: "p", action: "pin", words: "Pin for everybody", icon: "pin" },
  { keys: "c", action: "copy-link", words: "Copy link", icon: "link" },
  { keys: "t", action: "copy-text", words: "Copy text", icon: "copy" },
  { keys: "u", action: "mark-unread", words: "Mark unread from here", icon: "mail" },
  { keys: "Delete", action: "delete", words: "Delete", icon: "trash-2" },
];
const ACTIONS = Object.fromEntries(ON_A_MESSAGE.map(({ keys, action }) => [keys, action]));

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
