import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "./bare-names.js";

class FakeStorage extends Map {
  getItem(key) { return this.get(key) ?? null; }
  setItem(key, value) { this.set(key, value); }
  removeItem(key) { this.delete(key); }
}
globalThis.sessionStorage = new FakeStorage();
const { keepBegun, putBack } = await import("elements/cards/words-begun.js");

beforeEach(() => sessionStorage.clear());

// The form of a card as the server draws it: {field: what is on the card}, and what somebody could not save.
function drawn({ title = "Engine", description = "Two of them.", due = "" } = {}, typed = {}, id = 7) {
  const was = { title, description, due };
  const fields = Object.keys(was).flatMap((name) => [[name, { value: typed[name] ?? was[name] }], [`was_${name}`, { value: was[name] }]]);
  return { dataset: { wordsOf: String(id) }, elements: Object.fromEntries(fields) };
}

function comesTo(form) {
  putBack(form);
  return form;
}

function types(form, field, text) {
  form.elements[field].value = text;
  keepBegun(form);
}

const shown = ({ elements }, field) => [elements[field].value, elements[`was_${field}`].value];

test("what was typed is there again on the card, and only on this one", () => {
  types(comesTo(drawn()), "description", "Four.\nOr five.");
  assert.equal(shown(comesTo(drawn({}, {}, 8)), "description")[0], "Two of them.");
  assert.deepEqual(shown(comesTo(drawn()), "description"), ["Four.\nOr five.", "Two of them."]);
  assert.deepEqual(shown(comesTo(drawn()), "title"), ["Engine", "Engine"]);
});

test("what others wrote meanwhile is not taken for what one saw", () => {
  types(comesTo(drawn()), "description", "Four.");
  const later = comesTo(drawn({ title: "Motor", description: "Bob's three." }));
  assert.deepEqual(shown(later, "description"), ["Four.", "Two of them."]);
  assert.deepEqual(shown(later, "title"), ["Motor", "Motor"]);
});

test("once it is saved it is forgotten", () => {
  types(comesTo(drawn()), "description", "Four.\n ");
  comesTo(drawn({ description: "Four." }));
  assert.equal(sessionStorage.size, 0);
  assert.equal(shown(comesTo(drawn({ description: "Bob's three." })), "description")[0], "Bob's three.");
});

test("what is refused stays, beside what others wrote, and can be saved then", () => {
  types(comesTo(drawn()), "description", "Four.");
  const refused = comesTo(drawn({ description: "Bob's three." }, { description: "Four." }));
  assert.deepEqual(shown(refused, "description"), ["Four.", "Bob's three."]);
  assert.deepEqual(shown(comesTo(drawn({ description: "Bob's three." })), "description"), ["Four.", "Bob's three."]);
});

test("what is taken back is not kept, however its lines are broken", () => {
  const form = comesTo(drawn({ description: "One.\r\nTwo." }));
  types(form, "description", "One.\nTwo. Three.");
  assert.equal(sessionStorage.size, 1);
  types(form, "description", "One.\nTwo.");
  assert.equal(sessionStorage.size, 0);
});
