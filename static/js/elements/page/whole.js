// What makes a page whole once its own matter is drawn and live: the inbox and all that shows it, keys, and going on without
// loading.
import "elements/inbox/inbox-bell.js";
import "elements/conversation/answering.js"; // so that what a message is asked for is at hand without a network too
import "elements/sidebar/sidebar-places.js";
import "elements/page/theme-switch.js";
import "elements/timeline/message/deletion.js"; // and so can any question be asked
import "elements/inbox/unread-badge.js";
import { followCommands } from "elements/conversation/commands.js";
import { InboxPage } from "elements/inbox/inbox.js";
import { askBeforeLosing } from "elements/offline/leaving.js";
import { Keys } from "elements/keys/keys.js";
import { tellOfNewVersion } from "elements/page/new-version.js";
import { keepFormsHere } from "elements/offline/out-of-reach.js";
import { putBySaid } from "elements/offline/said-since.js";
import { UnsentNotes } from "elements/offline/unsent-notes.js";
import { startPeople } from "elements/people/told.js";
import { startKept } from "elements/kept/start.js";
import { formToken } from "elements/common/post.js";
import { placesShown } from "elements/sidebar/places-shown.js";
import { latestLanguage, noteLanguage } from "elements/visits/latest-language.js";
import { Visits } from "elements/visits/visits.js";
import { Postman } from "live/postman.js";

const LIKELY = 8; // places that are made ready before anybody has gone anywhere

// `here()`: the id of the conversation shown; `leave()` ends the page shown, `enter(parts)` starts the one that has come.
// Returns the page's inbox.
export function makeWhole({ userId, outbox, connection, drafts, here, leave, enter }) {
  noteLanguage();
  const inbox = new InboxPage({ userId, outbox, connection, drafts });
  const postman = new Postman({ outbox, here, csrfToken: formToken });
  const visits = new Visits({ markOf: (address) => (connection.state === "open" ? markOf(address, inbox.inbox) : null) });
  const keys = new Keys({ inbox, visits });
  const showKept = startKept({ outbox, inbox: inbox.inbox });
  const showPeople = startPeople(inbox.inbox.people);
  const unsent = new UnsentNotes({ outbox, inbox: inbox.inbox, here, hurry: () => postman.hurry() });
  const turn = (title) => (inbox.turnTo({ here: here(), title }), keys.note(here()), showKept(), showPeople(), unsent.show());
  putBySaid({ visits, connection });
  followCommands({ inbox, visits });
  tellOfNewVersion(connection);
  askBeforeLosing(outbox);
  keepFormsHere(connection);
  visits.addEventListener("left", leave);
  visits.addEventListener("entered", ({ detail }) => {
    enter(detail.parts);
    turn(detail.page.title);
    postman.look();
  });
  turn(document.title);
  inbox.inbox.addEventListener("state", () => visits.prepare(likely(inbox.inbox)), { once: true });
  connection.addEventListener("state", () => connection.state === "open" && postman.hurry());
  connection.open();
  postman.start();
  document.documentElement.dataset.whole = "";
  return inbox;
}

// What is another once the page at this address would be drawn otherwise.
function markOf(address, { conversations }) {
  const path = address.slice(location.origin.length);
  const place = [...conversations.values()].find((one) => isKnownWhole(one) && one.url === path);
  return place ? JSON.stringify([latestLanguage(), place.revision, place.read_seq, place.level, place.name]) : null;
}

// The page of a task shows more than the inbox tells of.
function isKnownWhole({ kind }) {
  return kind !== "task";
}

// Where something is unread, then what stands at the top of the sidebar.
function likely(inbox) {
  const places = placesShown(inbox).filter((place) => isKnownWhole(place) && place.url !== location.pathname);
  const isNews = ({ unread, level }) => unread > 0 && level !== "nothing";
  return [...places.filter(isNews), ...places.filter((place) => !isNews(place))].slice(0, LIKELY).map(({ url }) => url);
}
