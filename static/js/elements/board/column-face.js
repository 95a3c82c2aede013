// What the head of a column shows, drawn from the facts of a frame.
import { gettext } from "language/gettext.js";

export function drawColumn(section, { title, rank, revision, is_done: isDone, limit }) {
  Object.assign(section.dataset, { rank, revision, limit: limit ?? "" });
  section.toggleAttribute("data-done", isDone);
  section.querySelector("[data-title]").textContent = title;
  section.querySelector("[data-cards]").setAttribute("aria-label", title);
  const words = section.querySelector("[data-done-words]");
  if (!words) return;
  words.textContent = isDone ? gettext("Cards here are not done") : gettext("Cards here are done");
  section.querySelector("[data-done-value]").value = isDone ? "no" : "yes";
  section.querySelector("summary").setAttribute("aria-label", gettext("More for {title}", { title }));
  write(section.querySelector("[data-column-title]"), title);
  write(section.querySelector("[data-column-limit]"), limit ?? "");
  section.querySelector("[data-new-card] label").textContent = gettext("Add a card to {title}", { title });
}

export function drawCount(section, count) {
  const { limit } = section.dataset;
  const words = section.querySelector("[data-count]");
  words.textContent = limit ? `${count} / ${limit}` : count;
  words.ariaHidden = limit ? null : "true";
  section.querySelector("[data-over]").hidden = !limit || count <= Number(limit);
}

// Unless somebody is writing in it.
function write(field, value) {
  if (field !== document.activeElement) field.value = value;
}
