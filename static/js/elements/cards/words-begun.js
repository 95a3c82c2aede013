// What is typed on a card and not saved yet lasts until it is saved or taken back, also when the card's page is left meanwhile.
// What was there before is kept with it: the server refuses to write over what others wrote since then.
import { forgetWording, keepWording, wordingBegun } from "elements/timeline/message/wordings-begun.js";

const FIELDS = ["title", "description", "due"];

export function startAtOnce({ signal }) {
  const form = document.querySelector("[data-words-of]");
  putBack(form);
  form.addEventListener("input", () => keepBegun(form), { signal });
}

export function keepBegun(form) {
  const begun = FIELDS.map((field) => [field, now(form, field)]).filter(([, { value, was }]) => value !== was);
  if (begun.length) keepWording(nameOf(form), JSON.stringify(Object.fromEntries(begun)));
  else forgetWording(nameOf(form));
}

export function putBack(form) {
  const begun = JSON.parse(wordingBegun(nameOf(form)) ?? "{}");
  for (const field of FIELDS) if (begun[field]) putBackIn(form, field, begun[field]);
  keepBegun(form);
}

// What others wrote takes the place of what nobody has begun to change here.
export function renewWords(form, fresh) {
  for (const field of FIELDS) {
    const { value, was } = now(form, field);
    if (!isSame(value, was)) continue;
    for (const name of [field, `was_${field}`]) write(form.elements[name], fresh.elements[name].value);
  }
}

// The caret stays where it is in what stays the same.
function write(field, value) {
  if (field.value !== value) field.value = value;
}

function putBackIn(form, field, { value, was }) {
  const drawn = now(form, field);
  if (isSame(value, drawn.was) || isSame(value, drawn.value)) return; // saved, or refused and still there
  form.elements[field].value = value;
  form.elements[`was_${field}`].value = was;
}

function now(form, field) {
  return { value: form.elements[field].value, was: linesOf(form.elements[`was_${field}`].value) };
}

// The server keeps no spaces at the ends.
function isSame(one, other) {
  return linesOf(one).trim() === linesOf(other).trim();
}

function linesOf(text) {
  return text.replace(/\r\n/g, "\n");
}

function nameOf(form) {
  return `card-${form.dataset.wordsOf}`;
}
