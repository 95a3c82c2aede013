// The focus stays with whoever had it, whatever is drawn anew or taken away around it.

// Let `change` alter the page. What had the focus has it again; where that is gone, `heir()`, or else the page itself.
export function keepFocus(change, heir = () => null) {
  const focused = document.activeElement;
  change();
  const { activeElement: holder, body } = document;
  const isThere = focused.isConnected && !focused.closest("[hidden]");
  if (focused === body || (holder === focused ? isThere : holder !== body)) return;
  const next = isThere ? focused : (heir() ?? document.querySelector(".app > .main"));
  next?.focus({ preventScroll: true });
}
