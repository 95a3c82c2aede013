// The drafts of the person at this browser: told to the server in time.
import { formToken } from "elements/common/post.js";
import { Drafts } from "messaging/drafts.js";

export function startDrafts({ userId, connection }) {
  const drafts = new Drafts({ userId, connection, post });
  window.addEventListener("pagehide", () => drafts.leave());
  document.addEventListener("visibilitychange", () => document.hidden && drafts.hurry());
  return drafts;
}

// Outlives the page that sends it.
function post(conversationId, { text, reply_to: replyTo }) {
  const form = new FormData();
  form.append("text", text);
  if (replyTo) form.append("reply_to", replyTo);
  const headers = { "X-CSRFToken": formToken(), Accept: "application/json" };
  fetch(`/messaging/conversation/${conversationId}/draft/`, { method: "POST", body: form, headers, keepalive: true }).catch(() => {});
}
