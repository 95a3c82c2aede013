// What a card shows, drawn from the facts of a frame.
import { isPast } from "boards/order.js";
import { hiddenWords } from "elements/board/board-faces.js";
import { make, makeAvatar } from "elements/common/make.js";
import { gettext, locale } from "language/gettext.js";

const dayFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });

export function drawCard(li, card) {
  li.dataset.task = card.task_id;
  li.dataset.rank = card.rank;
  li.dataset.revision = card.revision;
  drawTitle(li, card);
  drawDue(li.querySelector("[data-due]"), card.due);
  li.querySelector("[data-described]").hidden = !card.has_description;
  drawChecklist(li.querySelector("[data-checklist]"), card.checklist);
  drawComments(li.querySelector("[data-comments]"), card.comment_count);
  li.querySelector("unread-badge").dataset.task = card.task_id;
  li.querySelector("[data-labels]").replaceChildren(...card.labels.map(labelEdge));
  li.querySelector("[data-people]").replaceChildren(...card.assignees.map(face));
}

function drawTitle(li, { title, url }) {
  const link = li.querySelector("[data-title]");
  link.textContent = title;
  link.href = url;
  const tools = { rename: gettext("Rename {title}", { title }), archive: gettext("Archive {title}", { title }), move: gettext("Move {title}", { title }) };
  for (const [tool, words] of Object.entries(tools)) {
    li.querySelector(`[data-${tool}]`)?.setAttribute("aria-label", words);
  }
}

function drawDue(element, due) {
  element.hidden = !due;
  if (!due) return;
  const time = element.querySelector("time");
  time.dateTime = due;
  time.textContent = dayFormat.format(new Date(`${due}T00:00`));
  element.toggleAttribute("data-late", isPast(due));
}

function drawChecklist(element, checklist) {
  element.hidden = !checklist;
  if (!checklist) return;
  const { done, total } = checklist;
  element.querySelector(".count").textContent = `${done}/${total}`;
  element.toggleAttribute("data-all", done === total);
}

function drawComments(element, count) {
  element.hidden = !count;
  element.querySelector(".count").textContent = count;
}

function labelEdge({ label_id: id, name, colour }) {
  const edge = make("span", "label-edge", hiddenWords(name));
  Object.assign(edge.dataset, { colour, label: id });
  edge.title = name;
  return edge;
}

export function face({ user_id: id, display_name: name, avatar }) {
  const words = hiddenWords(name);
  const face = make("span", "face", makeAvatar(id, name, avatar), words);
  words.dataset.person = face.dataset.titled = id;
  face.title = name;
  return face;
}
