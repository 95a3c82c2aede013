// A conversation's page after the conversation itself has changed: its name and what it is for, or who is in it and what may
// be said and done there.
import { showComposer } from "elements/conversation/composing.js";
import { pageNow, renewParts } from "elements/page/as-now.js";
import { gettext } from "language/gettext.js";
import { takeWhoIsIn } from "messaging/who-is-in.js";

const DRAWN_BY_SERVER = ["member_added", "member_removed", "ban_lifted", "role", "privacy", "hearing", "archived", "restored", "kept"];

export function showChange({ what, name, description }, { showPresence, ...page }) {
  if (DRAWN_BY_SERVER.includes(what)) showAsNow(page).then(showPresence);
  const topic = document.querySelector(".header-topic");
  if (what === "described" && topic) topic.textContent = description;
  if (what === "renamed" && name) nameConversation(name);
}

export function nameConversation(name) {
  document.querySelector(".header-title h1").textContent = name;
  document.querySelector(".composer-text")?.setAttribute("placeholder", gettext("Message {name}", { name }));
}

let asking = new AbortController(); // what was asked before is older, whenever it is answered

async function showAsNow({ room, data, drafts, signal }) {
  asking.abort();
  const { signal: replaced } = (asking = new AbortController());
  const page = await pageNow({ signal: replaced });
  const told = page?.getElementById("conversation"); // none on a page to sign in
  if (!told || replaced.aborted || signal.aborted) return;
  const fresh = JSON.parse(told.textContent);
  if (fresh.id !== data.id) return;
  takeWhoIsIn({ room, data }, fresh);
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
