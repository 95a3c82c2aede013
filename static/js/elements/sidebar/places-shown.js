// The places of an inbox as they stand in the sidebar.
export function placesShown(inbox) {
  const rows = document.querySelectorAll(".sidebar li[data-place]");
  return Array.from(rows, ({ dataset }) => inbox.conversation(Number(dataset.place))).filter(Boolean);
}
