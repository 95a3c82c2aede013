// Tab goes round within what floats over the page, until that is closed.
const STOPS = "a[href], button, input, select, textarea";

export function goRound(floating) {
  floating.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = [...floating.querySelectorAll(STOPS)].filter((one) => one.tabIndex >= 0 && one.checkVisibility());
    const [end, start] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    const isAtEnd = document.activeElement === end || (event.shiftKey && document.activeElement === floating);
    if (!isAtEnd) return;
    event.preventDefault();
    start.focus();
  });
}
