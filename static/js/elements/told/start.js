// What a person is told of while they look elsewhere: by a tone, by the number on the app's icon, by a push. And where they
// look, which the server is told, so that nobody is told of what they see.
import { isAttended, onAttention } from "elements/page/attention.js";
import { followLevels } from "elements/told/levels.js";
import { Eyes } from "elements/told/eyes.js";
import { putAwayWhatWasRead, showCount } from "elements/told/device.js";
import { renewBrowser } from "elements/told/browser.js";
import { noteSeen, seeAgain } from "elements/told/seen.js";
import { startWorker } from "elements/told/worker.js";
import { tellZone } from "elements/told/zone.js";
import { isQuiet } from "messaging/quiet.js";

const NEWS_MS = 60_000; // what is older was told when it was new

// `here()`: the id of the conversation that the page shows, or null.
export function startTelling({ inbox, connection, userId, here }) {
  const eyes = new Eyes({ connection, here });
  const ring = (conversationId) => isWanted(inbox, eyes, conversationId) && import("elements/told/tone.js").then(({ ring: sound }) => sound());
  inbox.addEventListener("notification", ({ detail }) => isNews(detail) && ring(detail.conversation_id));
  inbox.addEventListener("notification", ({ detail }) => isNews(detail) && seeAgain(inbox, detail));
  inbox.addEventListener("said", ({ detail }) => isHeardInFull(inbox, detail, userId) && ring(detail.conversation_id));
  followCounts(inbox);
  followLevels(inbox);
  onAttention(() => putAwayWhatWasRead(inbox));
  startWorker();
  tellZone();
  renewBrowser(userId);
  noteSeen(inbox);
  return { turn: () => (eyes.turn(), noteSeen(inbox)) };
}

function isWanted(inbox, eyes, conversationId) {
  const isSeen = conversationId && eyes.isAnyTabAt(conversationId);
  return inbox.wishes?.sound && !isQuiet(inbox.wishes.quiet) && !isSeen && !(isAttended() && document.body.dataset.page === "notifications");
}

function isNews({ timestamp }) {
  return Date.now() - new Date(timestamp) < NEWS_MS;
}

// Said by somebody else where every word is to be heard; what is about me comes as a notification.
function isHeardInFull(inbox, { what, user_id: author, conversation_id: id, mentions, timestamp }, userId) {
  const place = inbox.conversation(id);
  return what === "posted" && author !== userId && place?.level === "all" && !mentions?.includes(userId) && isNews({ timestamp });
}

function followCounts(inbox) {
  const show = () => {
    showCount(inbox.notificationsUnread);
    putAwayWhatWasRead(inbox);
  };
  for (const change of ["state", "notifications"]) inbox.addEventListener(change, show);
  if (inbox.isReady) show();
}
