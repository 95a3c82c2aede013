// How the search is told of a place: in: and its name, with its board, since another board may have a room of that name.
export function inWords({ kind, name, board_id: id }, { boards }) {
  if (kind === "direct") return `in:${quoted(`@${name}`)}`;
  const board = kind === "room" && boards.find(({ board_id: one }) => one === id);
  return `in:${quoted(board ? `${board.name}/${name}` : name)}`;
}

function quoted(name) {
  const bare = name.replaceAll('"', "");
  return /[\s"]/.test(name) ? `"${bare}"` : bare;
}
