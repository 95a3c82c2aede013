// Whoever leaves a page that alone keeps what is not sent yet is asked first, by the browser.
const ask = (event) => event.preventDefault();

export function askBeforeLosing(outbox) {
  outbox.addEventListener("change", () => {
    const isLost = !outbox.isDurable && outbox.waiting().length > 0;
    if (isLost) window.addEventListener("beforeunload", ask);
    else window.removeEventListener("beforeunload", ask); // which some browsers take as a reason to keep no page for going back
  });
}
