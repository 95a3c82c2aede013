// Which messages I have saved, as the rows of a timeline show it.
let saved = new Set();

export function isSaved(id) {
  return saved.has(id);
}

export function markSaved(row) {
  row.toggleAttribute("data-saved", saved.has(row.message.id));
}

export function showSaved(ids) {
  saved = new Set(ids);
  for (const row of document.querySelectorAll(".message")) if (row.message) markSaved(row);
}
