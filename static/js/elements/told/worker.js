// The service worker: started once the page is at rest, and asked now and then whether there is a newer one. It keeps what
// the page may come to need; where there can be none, because the page did not come by https, the page fetches it itself.
const LOOK_MS = 3_600_000;

export async function startWorker() {
  const worker = navigator.serviceWorker;
  if (!worker) return layIn();
  worker.addEventListener("message", ({ data }) => data?.visit && visit(data.visit));
  const registration = await worker.register("/sw.js").catch(() => null);
  if (registration) setInterval(() => registration.update().catch(() => {}), LOOK_MS);
}

// Every module that can be asked for later, so that it is there when the line is not.
function layIn() {
  const { imports } = JSON.parse(document.querySelector("script[type=importmap]").textContent);
  const link = (href) => Object.assign(document.createElement("link"), { rel: "modulepreload", href });
  document.head.append(...Object.values(imports).map(link));
}

// As if somebody had followed a link of the page.
function visit(address) {
  const link = document.createElement("a");
  link.href = address;
  document.body.append(link);
  link.click();
  link.remove();
}
