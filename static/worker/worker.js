// The service worker hears five things. It never touches what is sent, what is downloaded, or a line.
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
  event.waitUntil(Promise.all([forgetOldShells(), refreshPages()]).then(() => clients.claim()));
});

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
