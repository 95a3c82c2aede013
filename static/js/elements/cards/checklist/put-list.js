// The list that the server drew put in place of the one shown: what is being written in it stays, and so does the focus.
export function putList(shown, fresh) {
  const { key, selection } = focusIn(shown);
  const begun = takeBegun(shown);
  const openMenu = shown.querySelector("[data-items] details[open] > summary")?.dataset.key;
  for (const part of ["[data-heading]", "[data-items]"]) shown.querySelector(part).replaceWith(document.adoptNode(fresh.querySelector(part)));
  for (const [of, value] of begun) if (keyed(shown, of)) keyed(shown, of).value = value;
  if (openMenu) keyed(shown, openMenu)?.parentElement.toggleAttribute("open", true);
  if (key) focus(keyed(shown, key) ?? shown.querySelector("[data-new-item] input[name=text]"), selection);
}

// A field that is taken away while it is written in counts as changed, and its words would be kept before their time.
function takeBegun(shown) {
  const fields = [...shown.querySelectorAll("textarea[data-key]")].filter(({ value, defaultValue }) => value !== defaultValue);
  const begun = fields.map(({ dataset, value }) => [dataset.key, value]);
  for (const field of fields) field.value = field.defaultValue;
  return begun;
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
