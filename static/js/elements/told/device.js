// What the device shows of us outside of our pages: the number on the icon, and the words of pushes.
export function showCount(count) {
  if (count > 0) navigator.setAppBadge?.(count).catch(() => {});
  else navigator.clearAppBadge?.().catch(() => {});
}

// What was read here or elsewhere need not be told any more.
export async function putAwayWhatWasRead(inbox) {
  const registration = await navigator.serviceWorker?.getRegistration();
  for (const shown of (await registration?.getNotifications?.()) ?? []) {
    const [kind, id] = shown.tag.split("-");
    const isRead = kind === "conversation" && inbox.isReady && !inbox.unread(Number(id)) && !inbox.conversation(Number(id))?.mentions;
    if (isRead || inbox.notificationsUnread === 0 && kind === "notice") shown.close();
  }
}
