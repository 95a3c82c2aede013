// Who else has a card's page open: small faces on the card.
import { hiddenWords } from "elements/board/board-faces.js";
import { face } from "elements/board/card-face.js";
import { make } from "elements/common/make.js";
import { ngettext } from "language/gettext.js";

const AT_MOST = 3;

export function showVisitors(board, visiting) {
  const draw = (id) => drawVisitors(board.columns.card(id)?.querySelector("[data-visitors]"), visiting.at(id));
  visiting.addEventListener("change", ({ detail }) => draw(detail));
  board.addEventListener("replaced", () => visiting.cards.forEach(draw));
}

function drawVisitors(place, people) {
  if (!place) return;
  const shown = people.slice(0, AT_MOST).map(face);
  const more = people.length > AT_MOST ? [make("span", "count", `+${people.length - AT_MOST}`)] : [];
  const words = people.length > 0 ? [hiddenWords(ngettext(" has this card open", " have this card open", people.length))] : [];
  place.replaceChildren(...shown, ...more, ...words);
}
