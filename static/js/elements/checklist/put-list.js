// The list that the server drew put in place of the one shown: what is being written in it stays, and so does the focus.
export function putList(shown, fresh) {
  const begun = begunIn(shown);
  const { key, selection } = focusIn(shown);
  const openMenu = shown.querySelector("[data-items] details[open] > summary")?.dataset.key;
  for (const part of ["[data-heading]", "[data-items]"]) shown.querySelector(part).replaceWith(document.adoptNode(fresh.querySelector(part)));
  for (const [of, value] of begun) if (keyed(shown, of)) keyed(shown, of).value = value;
  if (openMenu) keyed(shown, openMenu)?.parentElement.toggleAttribute("open", true);
  if (key) focus(keyed(shown, key) ?? shown.querySelector("[data-new-item] input[name=text]"), selection);
}

function begunIn(shown) {
  const fields = [...shown.querySelectorAll("textarea[data-key]")].filter(({ value, defaultValue }) => value !== defaultValue);
  return fields.map(({ dataset, value }) => [dataset.key, value]);
}

// A button without a name of its own stands in the menu of an item.
function focusIn(shown) {
  const { activeElement: focused } = document;
  if (!shown.querySelector("[data-items]").contains(focused)) return {};
  const key = focused.dataset.key ?? focused.closest("details")?.querySelector("summary").dataset.key;
  return { key, selection: [focused.selectionStart, focused.selectionEnd] };
}

function focus(element, [start, end]) {
  element?.focus({ preventScroll: true });
  if (element?.matches("textarea")) element.setSelectionRange(start, end);
}

function keyed(shown, key) {
  return shown.querySelector(`[data-key="${key}"]`);
}
