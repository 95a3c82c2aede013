// What was said on a page since it was made: told to the service worker when the page is left, or its line is, so that what
// is kept for the time without a network is what was seen last.
const MOST = 200; // messages

let told = ""; // what need not be told again

export function putBySaid({ visits, connection }) {
  visits.addEventListener("left", ({ detail }) => tell(detail.address));
  connection.addEventListener("state", () => connection.state !== "open" && tell(location.href));
  document.addEventListener("visibilitychange", () => document.hidden && tell(location.href));
}

function tell(address) {
  const messages = lastStretch(document.querySelector("chat-timeline")?.model);
  const mark = JSON.stringify([address, messages.length, Math.max(...messages.map(({ revision }) => revision))]);
  if (messages.length === 0 || mark === told) return;
  told = mark;
  navigator.serviceWorker?.controller?.postMessage({ said: { address, messages } });
}

// Up to the end, without a hole; nothing, where the end is not shown.
function lastStretch(model) {
  if (!model || model.moreAfter) return [];
  const from = model.holes.at(-1)?.before ?? 1;
  return model.messages.filter(({ seq }) => seq >= from).slice(-MOST);
}
