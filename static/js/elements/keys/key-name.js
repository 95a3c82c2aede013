// What is written on a key, where people read it.
import { IS_APPLE } from "elements/keys/shortcut.js";
import { gettext } from "language/gettext.js";

const NAMES = {
  Alt: gettext("Alt"), Ctrl: gettext("Ctrl"), Del: gettext("Del"), End: gettext("End"), Enter: gettext("Enter"), Esc: gettext("Esc"),
  Home: gettext("Home"), PgDn: gettext("PgDn"), PgUp: gettext("PgUp"), Shift: gettext("Shift"), Space: gettext("Space"), Tab: gettext("Tab"),
};
const ON_APPLE = { Alt: "⌥", Ctrl: "⌘", Del: "⌫", Shift: "⇧" };
const SHORT = { Delete: "Del" };

// `key` as scripts name it, such as "Shift", "Delete" or "k"; what has no name of its own stands for itself.
export function keyName(key) {
  const name = SHORT[key] ?? key;
  return (IS_APPLE && ON_APPLE[name]) || NAMES[name] || key;
}

// "Ctrl+Shift+X" as one says it: "⌘⇧X" on a Mac.
export function chordName(keys) {
  return keys.split("+").map(keyName).join(IS_APPLE ? "" : "+");
}
