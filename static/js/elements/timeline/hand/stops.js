// The Tab stops of a timeline: of all its messages one is reached by Tab, and what is in a message only while it has the focus.
// Nothing is hidden from who reads the page aloud: all of it can still be focused, by pointer or by a reader's own keys.
const INSIDE = ".message[data-starts-run] .message-author, .message-edited, .message-quote, .message-forwarded, .message-body :is(a, button, pre, table, summary), .message-more, .message-card :is(a, button), .attachment[href], .preview :is(a, button), .reaction, .message-state button";
const BAR = ".message-actions button:not([hidden])";

export function keepStops(list) {
  let inHand = null;
  list.addEventListener("focusin", ({ target }) => {
    const row = target.closest(".message");
    if (row === inHand) return;
    if (inHand) setStops(inHand, false);
    inHand = row;
    if (!row) return;
    setStops(row, true);
    standFor(row);
  });
  list.addEventListener("focusout", ({ relatedTarget }) => {
    if (!inHand || list.contains(relatedTarget)) return;
    setStops(inHand, false);
    inHand = null;
  });
}

// What is in a row, as it is drawn now. Its bar of actions is one stop, in which arrows walk.
export function setStops(row, hasFocus = row.matches(":focus-within")) {
  for (const part of row.querySelectorAll(INSIDE)) part.tabIndex = hasFocus ? 0 : -1;
  const buttons = [...row.querySelectorAll(BAR)];
  for (const button of buttons) button.tabIndex = hasFocus && button === buttons[0] ? 0 : -1;
}

export function focusRow(row) {
  standFor(row);
  row.firstElementChild.focus();
}

// Of all rows, this one is reached by Tab from now on.
function standFor(row) {
  for (const other of row.parentElement.querySelectorAll(":scope > li > article[tabindex='0']")) other.tabIndex = -1;
  row.firstElementChild.tabIndex = 0;
}
