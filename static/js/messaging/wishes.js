// A wish is a change of an existing message: a new text, its deletion, a reaction, a pin, a preview removed; or marking it as
// read or unread for ourselves. It waits in the outbox like a message, and is fulfilled when the server acknowledges it, or when
// the message has become what was wished.

export function editing(message, text) {
  return { type: "edit_message", message_id: message.id, message: text };
}

export function deleting(message) {
  return { type: "delete_message", message_id: message.id };
}

export function reacting(message, emoji, on) {
  return { type: "react", message_id: message.id, emoji, on };
}

export function pinning(message, on) {
  return { type: "pin", message_id: message.id, on };
}

export function unpreviewing(message, url) {
  return { type: "remove_preview", message_id: message.id, url };
}

export function reading(message) {
  return { type: "message_read", message_id: message.id };
}

export function unreading(message) {
  return { type: "mark_unread", message_id: message.id };
}

// Whether both frames are about the same reaction: then the server may be about to change it.
export function isSameReaction(one, other) {
  return [one, other].every(({ type }) => type === "react") && one.message_id === other.message_id && one.emoji === other.emoji;
}

export function isFulfilled(frame, message, me) {
  if (frame.type === "message_read" || frame.type === "mark_unread") return false; // only the server knows
  if (message.deleted_at) return frame.type !== "edit_message"; // its new text would be lost
  if (frame.type === "edit_message") return message.message === asKept(frame.message);
  if (frame.type === "react") return Boolean(message.reactions?.[frame.emoji]?.includes(me.id)) === frame.on;
  if (frame.type === "pin") return Boolean(message.pinned) === frame.on;
  if (frame.type === "remove_preview") return !message.previews?.some(({ url }) => url === frame.url);
  return false;
}

// The server stores texts without whitespace around them.
function asKept(text) {
  return text.replace(/\r\n/g, "\n").trim();
}
