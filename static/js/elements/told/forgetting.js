// Nothing of a person stays on the machine when they go: no page that was kept, no push for them.
export async function forgetPerson() {
  forgetSearches();
  await Promise.allSettled([forgetPages(), forgetPushes()]);
}

export async function forgetPages() {
  const names = (await globalThis.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => name.startsWith("pages-")).map((name) => caches.delete(name)));
}

function forgetSearches() {
  for (const key of Object.keys(localStorage)) if (key.startsWith("prizmai-searches-")) localStorage.removeItem(key);
}

async function forgetPushes() {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const shown of (await registration?.getNotifications?.()) ?? []) shown.close();
  await navigator.clearAppBadge?.();
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}
