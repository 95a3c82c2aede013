// A page that was fetched, not loaded, is told to the service worker once nobody waits: it keeps it for the time without a
// network.
import { atRest } from "elements/page/at-rest.js";

export async function putBy({ url, redirected, headers }, text) {
  const worker = globalThis.navigator.serviceWorker?.controller;
  if (!worker || redirected) return;
  await atRest();
  worker.postMessage({ keep: { address: url, text, headers: [...headers] } });
}
