// Reactions are pills: how many, who on hover, mine filled; a press repeats or takes back.
import { make } from "elements/make.js";
import { gettext, locale } from "language/gettext.js";

export function hasReactions({ reactions = {}, deleted_at: deleted }) {
  return given(reactions).length > 0 && !deleted;
}

export function drawReactions(line, { reactions }, reader) {
  const shown = JSON.stringify(given(reactions).map(([emoji, people]) => [emoji, people, people.map(reader.nameOf)]));
  if (line.shown === shown) return;
  line.shown = shown;
  const inHand = line.contains(document.activeElement) ? document.activeElement.dataset.emoji : null;
  line.replaceChildren(...given(reactions).map(([emoji, people]) => pill(emoji, people, reader)));
  if (inHand) pillOf(line, inHand)?.focus({ preventScroll: true });
}

function pillOf(line, emoji) {
  return [...line.children].find(({ dataset }) => dataset.emoji === emoji);
}

function given(reactions) {
  return Object.entries(reactions).filter(([, people]) => people.length > 0);
}

function pill(emoji, people, { me, nameOf }) {
  const button = make("button", "reaction", `${emoji} ${people.length}`);
  const names = people.map((id) => (id === me.id ? gettext("you") : nameOf(id)));
  button.type = "button";
  button.dataset.emoji = emoji;
  button.setAttribute("aria-pressed", people.includes(me.id));
  button.title = new Intl.ListFormat(locale).format(names);
  button.ariaLabel = `${emoji} ${people.length}: ${button.title}`;
  return button;
}
