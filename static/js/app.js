// Where a page begins to live. The first one is loaded; from then on pages come and go within it (elements/visits), while
// the outbox, the inbox and its line, and the sidebar stay.
//
// So whatever stands on a page must let go of it: an element takes up its work in connectedCallback (or when its page
// starts it) and ends it in disconnectedCallback; what listens beyond its own elements, to the window, the document, the
// inbox or the outbox, does so with the signal of an AbortController that is aborted there; sockets and timers end there
// too. What startPage() is given as `signal` is aborted when the page is left. Large things that a page does not need to be
// drawn are import()ed when they are first used.
import "elements/connection-status.js";
import "elements/inbox-bell.js";
import "elements/local-time.js";
import "elements/sidebar/sidebar-places.js";
import "elements/theme-switch.js";
import "elements/unread-badge.js";
import { askFirst } from "elements/page/asked-first.js";
import { carryFiles } from "elements/page/carrying.js";
import { startDrafts } from "elements/page/drafts.js";
import { InboxPage } from "elements/page/inbox.js";
import { Keys } from "elements/page/keys.js";
import { startPanelSwitch } from "elements/page/panel-switch.js";
import { partsOf } from "elements/page/parts.js";
import { watchSigningOut } from "elements/page/signing-out.js";
import { followProfile } from "elements/page/theme.js";
import { formToken } from "elements/post.js";
import { Visits } from "elements/visits/visits.js";
import { Outbox } from "live/outbox.js";
import { Postman } from "live/postman.js";

const userId = Number(document.body.dataset.user);

askFirst();
followProfile();
if (userId) startPerson();
else import("elements/told/forgetting.js").then(({ forgetPages }) => forgetPages());

function startPerson() {
  const outbox = new Outbox({ userId });
  const inbox = new InboxPage({ userId });
  const person = { outbox, inbox, drafts: startDrafts({ userId, connection: inbox.connection }) };
  inbox.attendDrafts(person.drafts);
  const postman = new Postman({ outbox, here: conversationHere, csrfToken: formToken });
  const telling = atRest().then(() => startToTell(person.inbox));
  let leaving = null;
  const enter = (parts) => {
    leaving = new AbortController();
    startPage({ ...person, parts, signal: leaving.signal });
    telling.then(({ turn }) => turn());
  };
  watchSigningOut(outbox);
  carryFiles(outbox);
  partsOf(document).then((parts) => {
    enter(parts);
    postman.start();
    const visits = new Visits();
    visits.addEventListener("left", () => leaving.abort());
    visits.addEventListener("entered", ({ detail }) => (enter(detail.parts), postman.look()));
    new Keys({ inbox: person.inbox, visits });
  });
}

function startPage({ signal, parts, outbox, inbox, drafts }) {
  startPanelSwitch();
  inbox.turnTo({ here: conversationHere() });
  const hasOwnLine = document.querySelector("chat-timeline, board-live");
  if (!hasOwnLine) document.querySelector("connection-status")?.attend({ connection: inbox.connection });
  for (const part of parts) part.startPage?.({ signal, outbox, inbox, drafts });
}

async function startToTell({ inbox, connection }) {
  const { startTelling } = await import("elements/told/start.js");
  return startTelling({ inbox, connection, userId, here: conversationHere });
}

// Once the browser has nothing better to do.
function atRest() {
  return new Promise((rested) => (globalThis.requestIdleCallback ? requestIdleCallback(rested, { timeout: 2_000 }) : setTimeout(rested, 1_500)));
}

// The id of the conversation that the page shows, or null.
function conversationHere() {
  const data = document.getElementById("conversation");
  return data ? JSON.parse(data.textContent).id : null;
}
