// Who belongs here, those present first.
const RANK = { active: 0, away: 1, offline: 2 };
const WORDS = { active: "active", away: "away", offline: "" };

export class PeopleList extends HTMLElement {
  // `status`: Map of user id to active, away or offline.
  show(status) {
    for (const row of this.#rows) draw(row, status.get(Number(row.dataset.user)) ?? "offline");
    const list = this.querySelector("ul");
    const sorted = this.#rows.sort((one, other) => RANK[one.dataset.status] - RANK[other.dataset.status]);
    if (sorted.some((row, at) => list.children[at] !== row)) list.append(...sorted);
  }

  get #rows() {
    return [...this.querySelectorAll(".person")];
  }
}

function draw(row, status) {
  row.dataset.status = status;
  const dot = row.querySelector(".presence");
  dot.dataset.status = status;
  let words = row.querySelector(".presence-words");
  if (!words) row.querySelector(".person-name").after((words = document.createElement("span")));
  words.className = "presence-words visually-hidden";
  words.textContent = WORDS[status];
}

customElements.define("people-list", PeopleList);
