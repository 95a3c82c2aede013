// How messages are spelled on the wire: a room says `message` where a task says `comment`, and only here is that known.

// The message in a frame, the same for both kinds.
export function messageIn({ type, comment, comment_id, message_id, ...frame }) {
  return { ...frame, id: frame.id ?? message_id ?? comment_id, message: frame.message ?? comment ?? "" };
}

// The frame that says `text`, and the body that says it by POST.
export function frameOf({ post_type, post_field }, { text, clientId, replyTo = null, attachments = [] }) {
  return { type: post_type, [post_field]: text, ...extras({ clientId, replyTo, attachments }) };
}

export function bodyOf({ text, clientId, replyTo = null, attachments = [] }) {
  return { message: text, ...extras({ clientId, replyTo, attachments }) };
}

// Half a character (a lone surrogate, cut from an emoji) is refused by the server.
export function wellFormed(text) {
  return text.toWellFormed?.() ?? text.replace(/\p{Surrogate}/gu, "\ufffd");
}

function extras({ clientId, replyTo, attachments }) {
  const frame = { client_id: clientId };
  if (replyTo) frame.reply_to = replyTo.message_id;
  if (attachments.length) frame.attachments = attachments.map(({ id }) => id);
  return frame;
}
