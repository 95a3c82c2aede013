// Files that wait in the outbox are carried to the server from whatever page is open; most pages never have any.
let isCarried = false;

export function carryFiles(outbox) {
  const look = async () => {
    if (isCarried || outbox.laden().length === 0) return;
    isCarried = true;
    try {
      const [{ Carrier }, { uploads }] = await Promise.all([import("live/carrier.js"), import("elements/offline/uploads.js")]);
      new Carrier({ outbox, uploads }).start();
    } catch {
      isCarried = false; // the line was cut before this page had what it takes
    }
  };
  outbox.addEventListener("change", look);
  window.addEventListener("online", look);
}
