// People whose name begins like this: a username first, then any word of the name, accents aside.
const MOST = 8;

export function namesLike(begun, members) {
  const wanted = plain(begun);
  return members
    .map((member) => ({ member, rank: rankOf(member, wanted) }))
    .filter(({ rank }) => rank < Infinity)
    .sort((one, other) => one.rank - other.rank || one.member.display_name.localeCompare(other.member.display_name))
    .slice(0, MOST)
    .map(({ member }) => member);
}

function rankOf({ username, display_name: name }, wanted) {
  if (plain(username).startsWith(wanted)) return 0;
  if (plain(name).split(/\s+/).some((word) => word.startsWith(wanted))) return 1;
  return plain(username).includes(wanted) ? 2 : Infinity;
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
