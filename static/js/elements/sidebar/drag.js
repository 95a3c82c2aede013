// A place dragged into, within or out of the favourites.
export function dragOver(places, row) {
  const section = places.querySelector('[data-section="favourites"]');
  const [id, done] = [Number(row.dataset.place), new AbortController()];
  const hear = (name, listener) => places.addEventListener(name, listener, { signal: done.signal });
  section.dataset.dropping = "";
  row.dataset.dragged = "";
  hear("dragover", (event) => {
    const isOver = section.contains(event.target);
    if (isOver || places.favourites.has(id)) event.preventDefault();
    mark(section, isOver ? after(section, event.clientY) : undefined);
  });
  hear("drop", (event) => {
    event.preventDefault();
    const before = after(section, event.clientY);
    if (section.contains(event.target)) places.favourites.put(id, before ? Number(before.dataset.place) : null);
    else places.favourites.drop(id);
  });
  document.addEventListener("dragend", () => {
    done.abort();
    mark(section, undefined);
    delete section.dataset.dropping;
    delete row.dataset.dragged;
  }, { once: true });
}

// The favourite before which something dropped at this height goes, or null: it goes last.
function after(section, y) {
  const rows = [...section.querySelectorAll("li[data-place]:not([data-dragged])")];
  return rows.find((row) => y < row.getBoundingClientRect().top + row.offsetHeight / 2) ?? null;
}

function mark(section, before) {
  for (const row of section.querySelectorAll("[data-drop-before]")) delete row.dataset.dropBefore;
  section.toggleAttribute("data-drop-last", before === null);
  if (before) before.dataset.dropBefore = "";
}
