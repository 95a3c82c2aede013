// Cards in the hands of others: an outline in the column over which each is held, with the name of who holds it.
import { make, makeAvatar } from "elements/common/make.js";

export function showGhosts(board, holding) {
  const draw = (id) => drawGhosts(board, id, holding.at(id));
  holding.addEventListener("change", ({ detail }) => draw(detail));
  board.addEventListener("replaced", () => holding.cards.forEach(draw));
}

function drawGhosts(board, id, people) {
  for (const ghost of board.querySelectorAll(`.held-card[data-held="${id}"]`)) ghost.remove();
  const title = board.columns.card(id)?.querySelector("[data-title]").textContent;
  if (title) for (const person of people) board.columns.list(person.column_id)?.after(ghostOf(id, title, person));
}

function ghostOf(id, title, { user_id: userId, display_name: name, avatar }) {
  const ghost = make("p", "held-card", makeAvatar(userId, name, avatar), make("b", "", name), make("span", "truncate", title));
  ghost.dataset.held = id;
  return ghost;
}
