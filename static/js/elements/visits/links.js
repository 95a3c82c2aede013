// Which clicks are visits: a plain click on a link to another page of ours. Everything else is left to the browser.
const PAGES = /^\/(messaging|boards|accounts\/profile)\//;
const FILES = /^\/messaging\/file\//;

// The address to visit, or null.
export function addressClicked(event) {
  const { defaultPrevented, button, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (defaultPrevented || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return null;
  return addressOf(linkAt(event));
}

// The link under an event, also where that came out of an icon.
export function linkAt({ target }) {
  return target.closest?.("a[href]") ?? null;
}

// Whatever its target: what people paste opens beside us only where it leads elsewhere.
export function addressOf(link) {
  if (!link || link.hasAttribute("download") || link.origin !== location.origin) return null;
  const isOnThisPage = link.hash && isSamePage(link.href, location.href);
  return isPage(link) && !isOnThisPage ? link.href : null;
}

export function isPage({ pathname }) {
  return PAGES.test(pathname) && !FILES.test(pathname);
}

// Whether two addresses are of one place, whatever part of it they show.
export function isSamePlace(one, other) {
  return one.split(/[?#]/)[0] === other.split(/[?#]/)[0];
}

// Whether two addresses are of one page, wherever on it they point.
export function isSamePage(one, other) {
  return one.split("#")[0] === other.split("#")[0];
}
