// Where a page begins to live: each element that stands on it is defined here, and the lines it needs are opened.
import "elements/chat-composer.js";
import "elements/chat-timeline.js";
import "elements/connection-status.js";
import "elements/inbox-bell.js";
import "elements/local-time.js";
import "elements/notification-rows.js";
import "elements/people-list.js";
import "elements/theme-switch.js";
import "elements/typing-line.js";
import "elements/unread-badge.js";
import { askFirst } from "elements/page/asked-first.js";
import { startConversation } from "elements/page/conversation.js";
import { startInbox } from "elements/page/inbox.js";
import { startPanelSwitch } from "elements/page/panel-switch.js";
import { watchSigningOut } from "elements/page/signing-out.js";
import { followProfile } from "elements/page/theme.js";
import { formToken } from "elements/post.js";
import { Outbox } from "live/outbox.js";
import { Postman } from "live/postman.js";

const userId = Number(document.body.dataset.user);

startPanelSwitch();
askFirst();
followProfile();
if (userId) startPerson();

function startPerson() {
  const outbox = new Outbox({ userId });
  const data = document.getElementById("conversation");
  const here = data ? JSON.parse(data.textContent).id : null;
  const room = startConversation({ outbox });
  const { connection } = startInbox({ userId, here });
  const hasOwnLine = room || document.querySelector("board-live");
  if (!hasOwnLine) document.querySelector("connection-status")?.attend({ connection });
  watchSigningOut(outbox);
  new Postman({ outbox, here, csrfToken: formToken }).start();
}
