// Who is called or looks otherwise is shown so wherever they stand on the page, also in what is drawn later from older facts.
// What draws people itself hears "people" (detail: [{user_id, username, display_name, avatar}]) at the document.
import { showFace } from "elements/common/make.js";

// Attributes whose value is the id of a person. `data-titled-as` is how it is titled, with {name} in it.
const SHOWN = {
  "data-face": (avatar, { user_id: id, display_name: name, avatar: face }) => showFace(avatar, id, name, face),
  "data-person": (element, { display_name: name }) => write(element, "textContent", name),
  "data-titled": (element, { display_name: name }) => title(element, (element.dataset.titledAs ?? "{name}").replace("{name}", () => name)),
};
const NAMING = Object.keys(SHOWN).map((attribute) => `[${attribute}]`).join();

// `people`: of messaging/people.js. Returns what is called on every page that is entered.
export function startPeople(people) {
  const observer = new MutationObserver((records) => records.forEach((record) => showDrawn(record, people)));
  const show = (some) => {
    if (some.length === 0) return;
    observer.observe(document.body, { childList: true, subtree: true });
    showWithin(document.body, people);
    document.dispatchEvent(new CustomEvent("people", { detail: some }));
  };
  people.addEventListener("change", ({ detail }) => {
    show(detail);
    for (const list of document.querySelectorAll("notification-rows, catch-up")) list.refresh?.(); // the server writes their sentences
  });
  return () => show(people.all);
}

// A picture that was taken out because it is not to be had (elements/people/cards.js) must not come back by this.
function showDrawn({ target, addedNodes }, people) {
  if (addedNodes.length === 0) return;
  if (target.matches(NAMING)) showOne(target, people);
  for (const added of addedNodes) if (added.nodeType === Node.ELEMENT_NODE) showWithin(added, people);
}

function showWithin(root, people) {
  if (root.matches(NAMING)) showOne(root, people);
  for (const element of root.querySelectorAll(NAMING)) showOne(element, people);
}

function showOne(element, people) {
  for (const [attribute, show] of Object.entries(SHOWN)) {
    const person = element.hasAttribute(attribute) && people.of(Number(element.getAttribute(attribute)));
    if (person) show(element, person);
  }
}

function title(element, words) {
  if (element.hasAttribute("title")) write(element, "title", words);
  if (element.hasAttribute("aria-label")) write(element, "ariaLabel", words);
}

function write(element, property, words) {
  if (element[property] !== words) element[property] = words;
}
