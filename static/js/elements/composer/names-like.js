// People whose name begins like this: who talked last first, then by username, by the whole name and by any word of it.
const MOST = 8;

// `talkers`: user ids, the latest first.
export function namesLike(begun, members, talkers = []) {
  const wanted = plain(begun);
  const since = new Map(talkers.map((id, at) => [id, at]));
  return members
    .map((member) => ({ member, rank: rankOf(member, wanted), since: since.get(member.user_id) ?? Infinity }))
    .filter(({ rank }) => rank < Infinity)
    .sort((one, other) => one.rank - other.rank || compare(one.since, other.since) || one.member.display_name.localeCompare(other.member.display_name))
    .slice(0, MOST)
    .map(({ member }) => member);
}

// Whether a name, or a word of it, begins so.
export function beginsLike({ username, display_name: name }, begun) {
  const wanted = plain(begun);
  return [username, name, ...name.split(/[\s-]+/)].some((word) => plain(word).startsWith(wanted));
}

// A name that begins so goes before one that merely holds it, however long ago its person spoke.
function rankOf(member, wanted) {
  if (beginsLike(member, wanted)) return 0;
  return plain(member.username).includes(wanted) ? 1 : Infinity;
}

function compare(one, other) {
  return one === other ? 0 : one - other;
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
