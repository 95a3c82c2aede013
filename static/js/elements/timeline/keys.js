// The keyboard in a timeline: arrows walk the messages, a letter does something with the one in hand.
const ACTIONS = { r: "reply", e: "edit", u: "mark-unread", "+": "react", Delete: "delete" };

// `act(action, row)` does it, if it may be done.
export function listenToKeys(list, act) {
  list.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.target.closest(".message");
    if (!row || event.target !== row.firstElementChild) return leaveInner(event, row);
    const next = rowAt(event.key, row, list);
    if (next) focusRow(next, row);
    else if (ACTIONS[event.key]) act(ACTIONS[event.key], row);
    else return;
    event.preventDefault();
  });
}

export function focusRow(row, before) {
  before?.firstElementChild.setAttribute("tabindex", "-1");
  row.firstElementChild.setAttribute("tabindex", "0");
  row.firstElementChild.focus();
}

function leaveInner(event, row) {
  if (event.key === "Escape" && row) row.firstElementChild.focus();
}

function rowAt(key, row, list) {
  const rows = [...list.querySelectorAll(".message")];
  const at = rows.indexOf(row);
  if (key === "ArrowUp") return rows[at - 1];
  if (key === "ArrowDown") return rows[at + 1];
  if (key === "Home") return rows[0];
  if (key === "End") return rows.at(-1);
  return null;
}
