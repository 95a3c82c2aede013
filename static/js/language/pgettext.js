// Words that mean several things in English: `meaning` says which, to translators alone.
import catalogue from "language/catalogue.js";
import { filled } from "language/gettext.js";

export function pgettext(meaning, text, values) {
  return filled(catalogue[`${meaning}\u0004${text}`] ?? text, values);
}
