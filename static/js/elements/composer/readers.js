// Who has read what I said last, in words; nothing when somebody has spoken since.
const MOST_NAMES = 3;

export function readersOfLast({ timeline, reading }, { me, members }) {
  const last = timeline.messages.findLast(({ state, kind, deleted_at: deleted }) => state === "sent" && kind !== "system" && !deleted);
  if (last?.user_id !== me.id) return "";
  const readers = reading.readersOf(last.seq);
  const names = members.filter(({ user_id: id }) => readers.includes(id)).map(({ display_name: name }) => name);
  if (names.length === 0) return "";
  if (names.length > MOST_NAMES) return `Read by ${names.length} of ${members.length - 1}`;
  return `Read by ${new Intl.ListFormat("en").format(names)}`;
}
