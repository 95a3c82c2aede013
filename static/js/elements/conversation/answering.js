// What a conversation's page does about a message that it is asked to answer, to change, to copy, to show the readers of, or to
// send again.
import { copy } from "elements/common/copying.js";
import { ask } from "elements/common/question.js";
import { keepWording } from "elements/timeline/message/wordings-begun.js";
import { gettext } from "language/gettext.js";
import { takeBack } from "live/taking-back.js";
import { readersOf } from "messaging/readers.js";
import { wordsOf } from "messaging/unsent.js";

export function answer({ action, message, text, emoji, on, url }, room, data) {
  const pending = message.edit?.client_id ?? message.client_id;
  switch (action) {
    case "reply": return document.querySelector("chat-composer")?.reply(message);
    case "edit": return room.edit(message.id, text);
    case "delete": return room.remove(message.id);
    case "react": return room.react(message.id, emoji, on);
    case "pin": return room.pin(message.id, on);
    case "remove-preview": return room.removePreview(message.id, url);
    case "copy-text": return copy(message.message);
    case "copy-link": return copy(addressOf(message), gettext("Link copied."));
    case "mark-unread": return room.markUnread(message);
    case "readers": return showWhoHasRead(message, room, data);
    case "retry": return room.retry(pending);
    case "discard": return room.discard(pending);
    case "edit-failed": return mend(message, room.outbox, pending);
  }
}

function addressOf({ id, seq }) {
  return new URL(`?around=${seq}#message-${id}`, location.href).href;
}

// Beside the message.
async function showWhoHasRead(message, room, data) {
  const { showReaders } = await import("elements/conversation/readers-list.js");
  showReaders(document.querySelector(`#message-${message.id} > article`), readersOf(message, room, data));
}

// What could not be sent goes back to where it was written; where nobody can write, it stays.
async function mend({ id, deleted_at: deleted }, outbox, clientId) {
  const composer = document.querySelector("chat-composer");
  const entry = outbox.entry(clientId);
  if (!entry) return; // another tab was faster
  if (deleted) return offerCopy(gettext("This message was deleted"), entry);
  if (!composer) return offerCopy(gettext("Nothing can be written here any more"), entry);
  if (id) return editAgain(id, outbox, entry);
  composer.takeBack(await takeBack(outbox, clientId));
}

async function offerCopy(title, entry) {
  const words = gettext("What you wrote stays until you discard it.");
  if (await ask({ title, words, yes: gettext("Copy it"), kind: "primary" })) copy(wordsOf(entry));
}

// It is kept as begun before it is let go: what edits it may be out of reach, and the page may be left.
function editAgain(id, outbox, { client_id: clientId, text }) {
  keepWording(id, text);
  outbox.remove(clientId);
  return document.querySelector("chat-timeline").editAgain(id, text);
}
