// Nothing of a person stays on the machine when they go: no page that was kept, no push for them.
export async function forgetPerson() {
  await Promise.allSettled([forgetTyped(), forgetPages(), forgetPushes()]);
}

export async function forgetPages() {
  const names = (await globalThis.caches?.keys()) ?? [];
  await Promise.all(names.filter((name) => name.startsWith("pages-")).map((name) => caches.delete(name)));
}

async function forgetTyped() {
  for (const key of Object.keys(localStorage)) if (key.startsWith("prizmai-searches-")) localStorage.removeItem(key);
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("prizmai-wording-")) sessionStorage.removeItem(key);
}

async function forgetPushes() {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const shown of (await registration?.getNotifications?.()) ?? []) shown.close();
  await navigator.clearAppBadge?.();
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
}
