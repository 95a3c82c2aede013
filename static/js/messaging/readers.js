// Who has read what I said last: {readers, others}, each [{user_id, display_name}] of the people of a conversation but me.

export function readersOfLast({ timeline, reading }, { me, members }) {
  const isMine = ({ user_id: author, state, kind, deleted_at: deleted }) => author === me.id && state === "sent" && kind !== "system" && !deleted;
  const last = timeline.messages.findLast(isMine);
  const people = members.filter(({ user_id: id }) => id !== me.id);
  const read = new Set(last ? reading.readersOf(last.seq) : []);
  return { readers: people.filter(({ user_id: id }) => read.has(id)), others: people.filter(({ user_id: id }) => !read.has(id)) };
}
