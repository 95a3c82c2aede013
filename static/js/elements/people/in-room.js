// A conversation's page, after some of its people were called or look otherwise.
import { nameConversation } from "elements/conversation/conversation-changed.js";
import { gettext } from "language/gettext.js";
import { showAnew } from "messaging/shown-anew.js";

export function showInRoom({ room, data }, people) {
  const before = data.name;
  showAnew({ room, data }, people);
  if (data.name === before) return;
  nameConversation(data.name);
  const start = document.querySelector(".timeline-start h2");
  if (start) start.textContent = gettext("You and {name}", data);
}
