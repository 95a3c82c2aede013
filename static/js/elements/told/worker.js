// The service worker: started once the page is at rest, and asked now and then whether there is a newer one.
const LOOK_MS = 3_600_000;

export async function startWorker() {
  const worker = navigator.serviceWorker;
  if (!worker) return; // the page did not come by https
  worker.addEventListener("message", ({ data }) => data?.visit && visit(data.visit));
  const registration = await worker.register("/sw.js").catch(() => null);
  if (registration) setInterval(() => registration.update().catch(() => {}), LOOK_MS);
}

// As if somebody had followed a link of the page.
function visit(address) {
  const link = document.createElement("a");
  link.href = address;
  document.body.append(link);
  link.click();
  link.remove();
}
