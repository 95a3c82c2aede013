// Entries of the outbox that were refused, shown while their conversation is not. They stay until the person sees to them.

import { filled, gettext } from "language/gettext.js";

const FAILED = {
  post: gettext("Not sent in {place}: {reason}"),
  move: gettext("Card not moved in {place}: {reason}"),
  card: gettext("Card not added to {place}: {reason}"),
  item: gettext("Item not added to the checklist of {place}: {reason}"),
  schedule: gettext("Not scheduled in {place}: {reason}"),
  forward: gettext("Not forwarded to {place}: {reason}"),
  change: gettext("Change not saved in {place}: {reason}"),
};
const SOMEWHERE = gettext("a conversation that is not yours any more");

// [{client_id, title, words, url, wish, about, reply_to, retryable}] of all entries that were refused, except those that the
// conversation `here` shows itself. `words` may be empty.
export function unsentBeside(here, { outbox, inbox }) {
  const refused = outbox.refused().filter(({ conversation_id: id }) => id !== here);
  return refused.map((entry) => told(entry, inbox));
}

// The text of an entry, or the names of its files: what would be lost with it.
export function wordsOf({ wish, text, post, files = [] }) {
  if (wish === "schedule") return post.body.message;
  if (wish === "forward") return post.body.comment;
  return text || files.map(({ name }) => name).join(", ");
}

function told(entry, inbox) {
  const { client_id, wish, conversation_id, post, reason, reply_to, retryable } = entry;
  const about = entry.about ?? post?.body.conversation_id ?? conversation_id;
  const { name: place = SOMEWHERE, url = null } = inbox.conversation(about) ?? entry.place ?? {};
  const title = filled(FAILED[wish ?? "post"] ?? FAILED.change, { place, reason });
  return { client_id, title, words: wordsOf(entry), url, wish, about, reply_to, retryable };
}
