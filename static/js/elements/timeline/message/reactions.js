// Reactions are pills: how many, who on hover, mine filled, also while it is on its way; a press repeats or takes back.
import { make } from "elements/common/make.js";
import { gettext, locale } from "language/gettext.js";

export function hasReactions(message, { me }) {
  return given(message, me).length > 0 && !message.deleted_at;
}

export function drawReactions(line, message, reader) {
  const reactions = given(message, reader.me);
  const shown = JSON.stringify(reactions.map(([emoji, people]) => [emoji, people, people.map(reader.nameOf)]));
  if (line.shown === shown) return;
  line.shown = shown;
  const inHand = line.contains(document.activeElement) ? document.activeElement.dataset.emoji : null;
  line.replaceChildren(...reactions.map(([emoji, people]) => pill(emoji, people, reader)));
  if (inHand) pillOf(line, inHand)?.focus({ preventScroll: true });
}

function pillOf(line, emoji) {
  return [...line.children].find(({ dataset }) => dataset.emoji === emoji);
}

function given({ reactions = {}, reacting = {} }, me) {
  const emoji = [...new Set([...Object.keys(reactions), ...Object.keys(reacting)])];
  return emoji.map((each) => [each, withMine(reactions[each] ?? [], me.id, reacting[each])]).filter(([, people]) => people.length > 0);
}

function withMine(people, mine, isWished = people.includes(mine)) {
  if (isWished === people.includes(mine)) return people;
  return isWished ? [...people, mine] : people.filter((id) => id !== mine);
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
