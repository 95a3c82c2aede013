// The keyboard in the sidebar: arrows walk the places, s stars the one in hand, Alt+Shift and an arrow moves a favourite.
export function listenToKeys(places) {
  places.addEventListener("keydown", (event) => {
    const row = event.target.closest("li[data-place]");
    if (!row || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const id = Number(row.dataset.place);
    if (step && event.altKey && event.shiftKey) places.step(id, step);
    else if (event.altKey) return;
    else if (step) next(places, row, step)?.focus();
    else if (event.key === "s" && !event.shiftKey) places.favourites.toggle(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function next(places, row, step) {
  const links = [...places.querySelectorAll("li[data-place] > .sidebar-link")].filter((link) => link.checkVisibility());
  return links[links.indexOf(row.querySelector(".sidebar-link")) + step];
}
