// What is told by a push: shown in a few words, which lead to where it was said, and go when it was read elsewhere.
const MUST_SHOW = /^((?!chrom|android).)*safari/i.test(navigator.userAgent); // Safari ends a subscription that stays silent

let telling = Promise.resolve(); // one after the other: the later knows what the former no longer has to say

function heard(said) {
  telling = telling.catch(() => {}).then(() => tell(said));
  return telling;
}

async function tell({ title, body, url, tag, badge, standing }) {
  await putAway([...standing, tag]);
  showCount(badge);
  if (!MUST_SHOW && (await isSomebodyLooking())) return; // the page shows it by itself
  await registration.showNotification(title, { body, tag, renotify: true, icon: SHELL.icon, badge: SHELL.badge, data: { url } });
}

async function putAway(standing) {
  for (const shown of await registration.getNotifications()) if (!standing.includes(shown.tag)) shown.close();
}

function showCount(count) {
  if (count > 0) navigator.setAppBadge?.(count).catch(() => {});
  else navigator.clearAppBadge?.().catch(() => {});
}

async function windows() {
  return clients.matchAll({ type: "window", includeUncontrolled: true });
}

async function isSomebodyLooking() {
  return (await windows()).some(({ focused, visibilityState }) => focused && visibilityState === "visible");
}

// To the page that is open already, or to a new one.
async function followed(url) {
  const [open] = await windows();
  if (!open) return clients.openWindow(url);
  open.postMessage({ visit: url });
  return open.focus();
}
