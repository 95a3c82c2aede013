// How messages are named on the wire: a room has `message` where a task has `comment`. Only this file knows that.

// The message in a frame, the same for both kinds.
export function messageIn({ type, comment, comment_id, message_id, ...frame }) {
  return { ...frame, id: frame.id ?? message_id ?? comment_id, message: frame.message ?? comment ?? "" };
}

// The frame that posts `text`, and the body that posts it by POST.
export function frameOf({ post_type, post_field }, { text, clientId, replyTo = null, attachments = [] }) {
  return { type: post_type, [post_field]: text, ...extras({ clientId, replyTo, attachments }) };
}

export function bodyOf({ text, clientId, replyTo = null, attachments = [] }) {
  return { message: text, ...extras({ clientId, replyTo, attachments }) };
}

// The text without lone surrogates (halves of an emoji, for example), which the server refuses.
export function wellFormed(text) {
  return text.toWellFormed?.() ?? text.replace(/\p{Surrogate}/gu, "\ufffd");
}

function extras({ clientId, replyTo, attachments }) {
  const frame = { client_id: clientId };
  if (replyTo) frame.reply_to = replyTo.message_id;
  if (attachments.length) frame.attachments = attachments.map(({ id }) => id);
  return frame;
}
