// The service worker hears six things. It never touches what is sent, what is downloaded, or a line.
const BEGIN_WITHIN_MS = 3_000; // until it has begun, whoever goes to a page waits for it

self.addEventListener("install", (event) => {
  event.waitUntil(takeUp());
  event.addRoutes?.(PAST_US);
});

// It begins when no page of the former version is open any more, so that no page is made of two; of the same version, in
// another language, it begins at once.
async function takeUp() {
  await fetchShell();
  if (await isOnlyShell()) await self.skipWaiting();
}

self.addEventListener("activate", (event) => {
  event.waitUntil(begin());
});

// Pages that are not fetched again by then are fetched while it is at work.
async function begin() {
  await Promise.all([forgetOldShells(), Promise.race([refreshPages(), after(BEGIN_WITHIN_MS)])]);
  await clients.claim();
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || request.headers.has("Range")) return;
  if (request.headers.has("Prizmai-Without")) return; // where PAST_US means nothing
  if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
  else if (isPage(request, url)) event.respondWith(page(event));
});

self.addEventListener("message", (event) => {
  const { keep, said } = event.data ?? {};
  if (keep) event.waitUntil(keepTold(keep));
  if (said) event.waitUntil(addSaid(said));
});

self.addEventListener("push", (event) => event.waitUntil(heard(event.data.json())));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(followed(event.notification.data.url));
});

// Pages that are loaded, and those that a page fetches to show them in its own place.
function isPage(request, url) {
  if (url.pathname.startsWith("/messaging/file/")) return false;
  if (request.mode === "navigate") return true;
  return isKept(url) && (request.headers.get("Accept") ?? "").startsWith("text/html");
}
