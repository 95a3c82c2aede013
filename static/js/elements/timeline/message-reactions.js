// Reactions are pills: how many, who on hover, mine filled; a press repeats or takes back.
import { make } from "elements/make.js";

// Whether there are any.
export function drawReactions(line, { reactions = {}, deleted_at: deleted }, reader) {
  const given = deleted ? [] : Object.entries(reactions).filter(([, people]) => people.length > 0);
  const shown = JSON.stringify(given);
  if (line.shown !== shown) line.replaceChildren(...given.map(([emoji, people]) => pill(emoji, people, reader)));
  line.shown = shown;
  return given.length > 0;
}

function pill(emoji, people, { me, nameOf }) {
  const button = make("button", "reaction", `${emoji} ${people.length}`);
  const names = people.map((id) => (id === me.id ? "you" : nameOf(id)));
  button.type = "button";
  button.dataset.emoji = emoji;
  button.setAttribute("aria-pressed", people.includes(me.id));
  button.title = new Intl.ListFormat("en").format(names);
  button.ariaLabel = `${emoji} ${people.length}: ${button.title}`;
  return button;
}
