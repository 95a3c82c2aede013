// What is written on a key, where people read it.
import { gettext } from "language/gettext.js";

const NAMES = {
  Alt: gettext("Alt"), Ctrl: gettext("Ctrl"), Del: gettext("Del"), End: gettext("End"), Enter: gettext("Enter"), Esc: gettext("Esc"),
  Home: gettext("Home"), PgDn: gettext("PgDn"), PgUp: gettext("PgUp"), Shift: gettext("Shift"), Space: gettext("Space"), Tab: gettext("Tab"),
};
const SHORT = { Delete: "Del" };

// `key` as scripts name it, such as "Shift", "Delete" or "k"; what has no name of its own stands for itself.
export function keyName(key) {
  return NAMES[SHORT[key] ?? key] ?? key;
}

// "Ctrl+Shift+X" as one says it.
export function chordName(keys) {
  return keys.split("+").map(keyName).join("+");
}
