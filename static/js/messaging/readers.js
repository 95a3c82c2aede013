// Who has read a message of mine, or my last one: {readers, others}, each [{user_id, display_name}] of the other people in the
// conversation.

export function readersOf(message, { reading }, { me, members }) {
  const people = members.filter(({ user_id: id }) => id !== me.id);
  const read = new Set(message ? reading.readersOf(message.seq) : []);
  return { readers: people.filter(({ user_id: id }) => read.has(id)), others: people.filter(({ user_id: id }) => !read.has(id)) };
}

export function readersOfLast(room, data) {
  const isMine = ({ user_id: author, state, kind, deleted_at: deleted }) => author === data.me.id && state === "sent" && kind !== "system" && !deleted;
  return readersOf(room.timeline.messages.findLast(isMine), room, data);
}
