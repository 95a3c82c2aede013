// Notices that are seen though no reading puts them away: by whoever came by one, or has in sight what they read before.
import { isAttended } from "elements/page/attention.js";
import { isUncovered } from "elements/timeline/sight.js";

export function noteSeen(inbox) {
  const address = new URL(location.href);
  const id = Number(address.searchParams.get("notice"));
  if (!id) return;
  const tell = () => inbox.readNotifications([id]);
  if (!tell()) inbox.addEventListener("state", tell, { once: true });
  address.searchParams.delete("notice");
  history.replaceState(history.state, "", address);
}

// Somebody is named now in what was said earlier. They are not asked to come to what they look at; a reminder is no news of it.
export function seeAgain(inbox, { notification_id: id, conversation_id, message_id, kind }) {
  const row = document.getElementById(`message-${message_id}`);
  const wasRead = row?.message?.seq <= inbox.conversation(conversation_id)?.read_seq;
  if (wasRead && kind !== "reminder" && isAttended() && isUncovered(row)) inbox.readNotifications([id]);
}
