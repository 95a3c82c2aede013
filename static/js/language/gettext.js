// Words for people, in the language of the page. A text is its own name in the catalogue; {values} stand in it by name.
import catalogue, { formOf } from "language/catalogue.js";

const VALUE = /\{(\w+)\}/g;

const ofPage = globalThis.document?.documentElement.lang || "en";
// Of dates, numbers and lists.
export const locale = ofPage === "en" ? "en-GB" : ofPage;

export function gettext(text, values) {
  return filled(catalogue[text] ?? text, values);
}

// `{count}` stands in both forms as they like.
export function ngettext(one, many, count, values) {
  const text = catalogue[one]?.[formOf(count)] ?? (count === 1 ? one : many);
  return filled(text, { count: count.toLocaleString(locale), ...values });
}

export function filled(text, values) {
  return values ? text.replace(VALUE, (whole, name) => values[name] ?? whole) : text;
}
