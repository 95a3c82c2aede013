// Who belongs here, and which of them are present. They keep their places: nobody jumps because somebody came.
import { make } from "elements/common/make.js";
import { gettext } from "language/gettext.js";

const WORDS = { active: gettext("active"), away: gettext("away"), offline: "" };
const TITLES = { active: gettext("Active"), away: gettext("Away"), offline: "" };

export class PeopleList extends HTMLElement {
  // `people`: Map of user id to {status: active, away or offline; last_seen_iso?}.
  show(people) {
    for (const row of this.querySelectorAll(".person")) draw(row, people.get(Number(row.dataset.user)));
  }
}

function draw(row, { status = "offline", last_seen_iso: lastSeen } = {}) {
  row.dataset.status = status;
  const dot = row.querySelector(".presence");
  dot.dataset.status = status;
  dot.title = TITLES[status];
  if (status === "offline" && lastSeen) drawSeen(row, lastSeen);
  let words = row.querySelector(".presence-words");
  if (!words) row.querySelector(".person-name").after((words = make("span", "presence-words visually-hidden")));
  words.textContent = WORDS[status];
}

// When they left, in the words of templates/messaging/people/_person_row.html.
function drawSeen(row, moment) {
  let seen = row.querySelector(".person-seen");
  if (!seen) row.querySelector(".person-note").append((seen = make("span", "person-seen")));
  if (seen.querySelector("time")?.dateTime === moment) return;
  const time = make("time");
  time.dateTime = moment;
  const shown = make("local-time", "", time);
  shown.dataset.as = "since";
  const [before, after] = gettext("seen {when}").split("{when}");
  seen.replaceChildren(` · ${before}`, shown, after);
}

customElements.define("people-list", PeopleList);
