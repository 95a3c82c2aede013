// The star of the conversation shown, on its own page: for who has no pointer to rest on its row in the sidebar.
import { gettext } from "language/gettext.js";

export function showStarHere(isFavourite) {
  const star = document.querySelector("[data-star-here]");
  if (!star) return;
  star.hidden = false;
  star.toggleAttribute("data-starred", isFavourite);
  star.querySelector("span").textContent = isFavourite ? gettext("Take out of the favourites") : gettext("Add to the favourites");
}

export function onStarHere(toggle) {
  document.addEventListener("click", ({ target }) => target.closest("[data-star-here]") && toggle());
}
