// What makes a page whole once its own matter is drawn and live: the inbox and all that shows it, keys, and going on without
// loading.
import "elements/inbox-bell.js";
import "elements/question.js"; // so that it can be asked without a network too
import "elements/sidebar/sidebar-places.js";
import "elements/theme-switch.js";
import "elements/unread-badge.js";
import { InboxPage } from "elements/page/inbox.js";
import { Keys } from "elements/page/keys.js";
import { startPeople } from "elements/people/told.js";
import { startKept } from "elements/kept/start.js";
import { formToken } from "elements/post.js";
import { Visits } from "elements/visits/visits.js";
import { Postman } from "live/postman.js";

// `here()`: the id of the conversation shown; `leave()` ends the page shown, `enter(parts)` starts the one that has come.
// Returns the page's inbox.
export function makeWhole({ userId, outbox, connection, drafts, here, leave, enter }) {
  const inbox = new InboxPage({ userId, connection, drafts });
  const postman = new Postman({ outbox, here, csrfToken: formToken });
  const visits = new Visits();
  const keys = new Keys({ inbox, visits });
  const showKept = startKept({ outbox, inbox: inbox.inbox });
  const showPeople = startPeople(inbox.inbox.people);
  const turn = (title) => (inbox.turnTo({ here: here(), title }), keys.note(here()), showKept(), showPeople());
  visits.addEventListener("left", leave);
  visits.addEventListener("entered", ({ detail }) => {
    enter(detail.parts);
    turn(detail.page.title);
    postman.look();
  });
  turn(document.title);
  connection.open();
  postman.start();
  document.documentElement.dataset.whole = "";
  return inbox;
}
