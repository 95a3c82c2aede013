// A page that was fetched, not loaded, is told to the service worker once nobody waits: it keeps it for the time without a
// network. What was fetched before there is a worker waits for it.
import { atRest } from "elements/common/at-rest.js";

const MOST = 15; // as many as static/worker/pages.js keeps

const pages = new Map(); // address -> {address, text, headers}, the latest last
let telling = null;

export function putBy({ url, redirected, headers }, text) {
  if (redirected || !globalThis.navigator.serviceWorker) return;
  pages.delete(url);
  pages.set(url, { address: url, text, headers: [...headers] });
  if (pages.size > MOST) pages.delete(pages.keys().next().value);
  telling ??= tell().finally(() => (telling = null));
}

async function tell() {
  const worker = await workerAtWork();
  await atRest();
  for (const keep of pages.values()) worker.postMessage({ keep });
  pages.clear();
}

// Until it has begun, it still looks after what the one before it kept.
async function workerAtWork() {
  const { active } = await navigator.serviceWorker.ready;
  while (active.state === "activating") await new Promise((changed) => active.addEventListener("statechange", changed, { once: true }));
  return active;
}
