// The last conversations as they were last seen: kept for the one person who is signed in, shown when there is no network.
const KEPT = /^\/(messaging\/|messaging\/room\/\d+\/|messaging\/notifications\/|boards\/task\/\d+\/)$/;
const NOT_THE_END = ["before", "after", "around", "day", "only", "kind"]; // such an address shows another part of the page
const MOST_PAGES = 15;
const SIDEBAR = /<nav class="sidebar".*?<\/nav>/s;
const MESSAGES = /(<script id="messages" type="application\/json">)(.*?)<\/script>/s;
const HERE = ' aria-current="page"'; // on the link to the page shown
const OF_PERSON = "pages-";
const SLOW_MS = 5_000; // for who waits for a page that is kept, and by itself becomes what it is now
const NOT_BY_ITSELF = /^\/boards\//;
const NOBODY = "0"; // what the server says of a page that was made for somebody who is not signed in

// What a page fetches is not led through here, for somebody waits for it; what is to be kept the page tells later.
const PAST_US = ["/messaging/room/*", "/messaging/conversation/*", "/boards/task/*"].map((pathname) => ({
  condition: { urlPattern: { pathname }, requestMode: "cors", requestDestination: "" },
  source: "network",
}));

// From the network; without one, as it was kept, and so too where somebody waits for one that does not answer.
async function page(event) {
  const { url, mode } = event.request;
  const answer = fetchAndKeep(event);
  event.waitUntil(answer.catch(() => {}));
  try {
    return await (mode === "navigate" ? Promise.race([answer, insteadOf(answer, url)]) : answer);
  } catch {
    return (await lastSeen(url)) ?? (await caches.match(SHELL.offline, { ignoreVary: true })) ?? Response.error();
  }
}

async function fetchAndKeep(event) {
  const response = await fetch(event.request);
  event.waitUntil(keep(event.request.url, response.clone()));
  return response;
}

async function insteadOf(answer, address) {
  await after(SLOW_MS);
  const isAsNowSoon = !NOT_BY_ITSELF.test(new URL(address).pathname);
  return (isAsNowSoon && (await lastSeen(address))) || answer;
}

function after(ms) {
  return new Promise((over) => setTimeout(over, ms));
}

function isKept({ pathname }) {
  return KEPT.test(pathname);
}

let keeping = Promise.resolve(); // one after the other: the later takes up what the former left, or forgets it

function inTurn(work) {
  keeping = keeping.catch(() => {}).then(work);
  return keeping;
}

function keep(address, response) {
  return inTurn(() => keepNow(address, response));
}

async function keepNow(address, response) {
  const person = response.headers.get("Prizmai-Person");
  if (person === null) return;
  await forgetOthers(person);
  const url = new URL(address);
  if (person === NOBODY || !isWhole(url, response)) return;
  const cache = await caches.open(OF_PERSON + person);
  const page = await withSidebar(url, response, cache);
  if (!page) return;
  await cache.delete(bare(url)); // so that it becomes the last
  await cache.put(bare(url), page);
  for (const old of (await cache.keys()).slice(0, -MOST_PAGES)) await cache.delete(old);
}

function isWhole(url, response) {
  const isOfTheEnd = NOT_THE_END.every((name) => !url.searchParams.has(name));
  return isOfTheEnd && isKept(url) && response.status === 200 && !response.redirected;
}

// A page that was not led through here.
function keepTold({ address, text, headers }) {
  return keep(address, new Response(text, { headers }));
}

// What was said on a page since it was made becomes part of it as it is kept.
function addSaid({ address, messages }) {
  return inTurn(async () => {
    const url = bare(new URL(address));
    const [name] = (await caches.keys()).filter((one) => one.startsWith(OF_PERSON));
    const cache = name && (await caches.open(name));
    const page = await cache?.match(url);
    if (page) await cache.put(url, new Response(withSaid(await page.text(), messages), page));
  });
}

function withSaid(text, said) {
  const script = (begins, messages) => `${begins}${JSON.stringify(messages).replaceAll("<", "\\u003C")}</script>`;
  return text.replace(MESSAGES, (_, begins, known) => script(begins, joined(JSON.parse(known), said)));
}

// Both in their order, without what was taken away since; the older ones alone if there is a hole between.
function joined(before, said) {
  const [{ seq: first }] = said;
  const ends = said.filter(({ event }) => ["cleared", "expired"].includes(event?.what));
  const known = before.filter(({ seq }) => ends.every((end) => end.seq < seq));
  if (known.length > 0 && known.at(-1).seq + 1 < first) return known;
  return [...known.filter(({ seq }) => seq < first), ...said];
}

// What took the place of another page came without a sidebar: it is kept with that of the page kept last, or not at all.
async function withSidebar({ pathname }, response, cache) {
  if (!response.headers.has("Prizmai-Without")) return response;
  const last = (await cache.keys()).at(-1);
  const [sidebar] = last ? SIDEBAR.exec(await (await cache.match(last)).text()) ?? [] : [];
  if (!sidebar) return null;
  const here = sidebar.replaceAll(HERE, "").replace(`href="${pathname}"`, (link) => link + HERE);
  return new Response((await response.text()).replace(SIDEBAR, () => here), response);
}

function lastSeen(address) {
  return caches.match(bare(new URL(address)), { ignoreVary: true });
}

function bare({ origin, pathname }) {
  return origin + pathname;
}

// Nothing of anybody stays but of whoever is signed in now.
async function forgetOthers(person) {
  const strange = (await caches.keys()).filter((name) => name.startsWith(OF_PERSON) && name !== OF_PERSON + person);
  await Promise.all(strange.map((name) => caches.delete(name)));
}

// After an update the pages are of the former version: each is fetched again, and goes if that cannot be done. Those that
// are open before there is a worker were loaded without it.
async function refreshPages() {
  const addresses = (await clients.matchAll({ type: "window", includeUncontrolled: true })).map(({ url }) => bare(new URL(url)));
  for (const name of (await caches.keys()).filter((one) => one.startsWith(OF_PERSON))) {
    addresses.push(...(await (await caches.open(name)).keys()).map(({ url }) => url));
    await caches.delete(name);
  }
  for (const address of new Set(addresses.filter((one) => isKept(new URL(one))))) await fetchToKeep(address).catch(() => {});
}

async function fetchToKeep(address) {
  await keep(address, await fetch(address, { headers: { Accept: "text/html" } }));
}
