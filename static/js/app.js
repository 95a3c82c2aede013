// Where a page begins to live. The first one is loaded; from then on pages come and go within it (elements/visits), while
// the outbox, the inbox and its line, and the sidebar stay.
//
// So whatever stands on a page must let go of it: an element takes up its work in connectedCallback (or when its page
// starts it) and ends it in disconnectedCallback; what listens beyond its own elements, to the window, the document, the
// inbox or the outbox, does so with the signal of an AbortController that is aborted there; sockets and timers end there
// too. What startPage() is given as `signal` is aborted when the page is left. Large things that a page does not need to be
// drawn are import()ed when they are first used.
import "elements/conversation/connection-status.js";
import "elements/common/local-time.js";
import { askFirst } from "elements/page/asked-first.js";
import { atRest } from "elements/common/at-rest.js";
import { carryFiles } from "elements/offline/carrying.js";
import { startDrafts } from "elements/page/drafts.js";
import { admitWhatIsMissing } from "elements/offline/missing.js";
import { startPanelSwitch } from "elements/page/panel-switch.js";
import { partsOf } from "elements/page/parts.js";
import { offerCards } from "elements/people/cards.js";
import { followProfile } from "elements/page/theme.js";
import { Connection } from "live/connection.js";
import { Outbox } from "live/outbox.js";

const userId = Number(document.body.dataset.user);

admitWhatIsMissing();
askFirst();
followProfile();
offerCards();
if (userId) startPerson();
else import("elements/told/forgetting.js").then(({ forgetPages }) => forgetPages());

function startPerson() {
  const outbox = new Outbox({ userId });
  const connection = new Connection({ url: "/ws/inbox/", userId }); // opened when there is an inbox to hear it
  const person = { outbox, connection, drafts: startDrafts({ userId, connection }) };
  const { promise: inbox, resolve: hasInbox } = withResolvers();
  const telling = Promise.all([inbox, atRest()]).then(([page]) => startToTell(page));
  let leaving = null;
  const enter = (parts) => {
    leaving = new AbortController();
    startPage({ ...person, inbox, parts, signal: leaving.signal });
    telling.then(({ turn }) => turn());
  };
  watchSigningOut(outbox);
  carryFiles(outbox);
  partsOf(document).then(async (parts) => {
    enter(parts);
    const { makeWhole } = await import("elements/page/whole.js");
    hasInbox(makeWhole({ ...person, userId, here: conversationHere, leave: () => leaving.abort(), enter }));
  });
}

// `inbox`: a promise of the page's (elements/inbox/inbox.js). What cannot wait for it starts at once.
function startPage({ signal, parts, inbox, ...person }) {
  startPanelSwitch({ signal });
  const hasOwnLine = document.querySelector("chat-timeline, board-live");
  if (!hasOwnLine) document.querySelector("connection-status")?.attend(person);
  for (const part of parts) part.startAtOnce?.({ signal, ...person });
  inbox.then((page) => {
    for (const part of signal.aborted ? [] : parts) part.startPage?.({ signal, inbox: page, ...person });
  });
}

async function startToTell({ inbox, connection }) {
  const { startTelling } = await import("elements/told/start.js");
  return startTelling({ inbox, connection, userId, here: conversationHere });
}

function watchSigningOut(outbox) {
  document.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-sign-out]") || event.defaultPrevented) return;
    event.preventDefault();
    const { signOut } = await import("elements/page/signing-out.js");
    signOut(event.target, outbox);
  });
}

function withResolvers() {
  let resolve;
  return { promise: new Promise((settle) => { resolve = settle; }), resolve };
}

// The id of the conversation that the page shows, or null.
function conversationHere() {
  const data = document.getElementById("conversation");
  return data ? JSON.parse(data.textContent).id : null;
}
