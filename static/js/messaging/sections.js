// The sections of the sidebar: favourites first, then each board with its rooms, direct conversations, and tasks with unread
// comments.

import { gettext } from "language/gettext.js";

const GUEST = { board_id: 0, name: gettext("Guest in"), url: "/messaging/" };

// [{key, board (if it is the section of one), places}]. `favourites`: in order. `here`: the id of the conversation shown.
export function sectionsOf({ conversations, boards, favourites, here = null }) {
  const atHand = new Set(favourites.map(({ conversation_id: id }) => id));
  const others = [...conversations.values()].filter(({ conversation_id: id }) => !atHand.has(id)).sort(byName);
  const rooms = others.filter(({ kind }) => kind === "room");
  const known = new Set(boards.map(({ board_id: id }) => id));
  const guest = rooms.filter(({ board_id: id }) => !known.has(id));
  return [
    { key: "favourites", places: favourites },
    ...boards.map((board) => ({ key: `board-${board.board_id}`, board, places: rooms.filter(({ board_id: id }) => id === board.board_id) })),
    ...(guest.length ? [{ key: "board-0", board: GUEST, places: guest }] : []),
    { key: "direct", places: others.filter(({ kind }) => kind === "direct") },
    { key: "tasks", places: others.filter((place) => place.kind === "task" && (place.unread > 0 || place.conversation_id === here)) },
  ];
}

// As in messaging/context.py.
function byName(one, other) {
  const [a, b] = [one.name.toLowerCase(), other.name.toLowerCase()];
  return a < b ? -1 : a > b ? 1 : one.conversation_id - other.conversation_id;
}
