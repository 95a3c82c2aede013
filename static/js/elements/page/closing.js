// A conversation's page after the conversation itself has changed: who is in it, and what may be said and done there.
import { pageNow, renewParts } from "elements/page/as-now.js";
import { showComposer } from "elements/page/composing.js";

export async function showAsNow({ room, data, drafts, signal }) {
  const page = await pageNow({ signal });
  if (!page || signal.aborted) return;
  const fresh = JSON.parse(page.getElementById("conversation").textContent);
  if (fresh.id !== data.id) return;
  Object.assign(data.may, fresh.may);
  renewParts(page);
  renewComposer(page, { room, data, drafts });
}

// Who may write goes on writing; else one comes, or goes and leaves the draft for when it comes back.
function renewComposer(page, parts) {
  const [shown, fresh] = [document, page].map((root) => root.querySelector(".conversation > .composer"));
  if (!shown || !fresh || (shown.localName === "chat-composer" && fresh.localName === "chat-composer")) return;
  shown.replaceWith(document.adoptNode(fresh));
  if (fresh.localName === "chat-composer") showComposer(fresh, parts);
}
