// Who belongs here, and which of them are present. They keep their places: nobody jumps because somebody came.
import { make } from "elements/make.js";

const WORDS = { active: "active", away: "away", offline: "" };

export class PeopleList extends HTMLElement {
  // `status`: Map of user id to active, away or offline.
  show(status) {
    for (const row of this.querySelectorAll(".person")) draw(row, status.get(Number(row.dataset.user)) ?? "offline");
  }
}

function draw(row, status) {
  row.dataset.status = status;
  const dot = row.querySelector(".presence");
  dot.dataset.status = status;
  let words = row.querySelector(".presence-words");
  if (!words) row.querySelector(".person-name").after((words = make("span", "presence-words visually-hidden")));
  words.textContent = WORDS[status];
}

customElements.define("people-list", PeopleList);
