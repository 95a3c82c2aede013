// What pages are made of. An address with a fingerprint never changes, so what is kept under it is as good as the server's.
const OF_VERSION = "shell-";
const MINE = OF_VERSION + SHELL.version;

async function file(request) {
  return new URL(request.url).searchParams.has("v") ? unchanging(request) : newest(request);
}

async function unchanging(request) {
  const shell = await caches.open(MINE);
  const found = await shell.match(request);
  if (found) return found;
  let response;
  try {
    response = await fetch(request);
  } catch (error) {
    return (await shell.match(request, { ignoreSearch: true })) ?? Promise.reject(error);
  }
  if (response.ok) await shell.put(request, response.clone()).catch(() => {}); // the disk is full: it is fetched again
  return response;
}

// Named without a fingerprint: what is kept is for the time without a network.
async function newest(request) {
  try {
    return await fetch(request);
  } catch (error) {
    return (await (await caches.open(MINE)).match(request)) ?? Promise.reject(error);
  }
}

// All of it or nothing: half a version would be none. One after the other, so that no page has to wait for it; what was
// fetched stays for another try.
async function fetchShell() {
  const shell = await caches.open(MINE);
  for (const address of [...SHELL.files, SHELL.offline]) if (!(await shell.match(address))) await shell.add(address);
}

async function otherShells() {
  return (await caches.keys()).filter((name) => name.startsWith(OF_VERSION) && name !== MINE);
}

// A worker forgets all others as it begins: where there is none, whichever is at work is of this version.
async function isOnlyShell() {
  return (await otherShells()).length === 0;
}

async function forgetOldShells() {
  await Promise.all((await otherShells()).map((name) => caches.delete(name)));
}
