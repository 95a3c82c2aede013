// A name that leads to a person shows their card beside it; without us it leads to their page. A picture that is not to be
// had leaves the initial.
export function offerCards() {
  document.addEventListener("error", ({ target }) => target.matches?.(".avatar > img") && target.remove(), { capture: true });
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-person][href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const { showCard } = await import("elements/people/card.js");
    showCard(link);
  }, { capture: true });
}
