// What the palette offers: every place of mine, boards, and what one can do from anywhere.
//
//   item   {id, kind, name, note, icon, unread, mentions, rank: what its state adds, url?: of a place, run(go): goes there or does it}
import { signOf } from "elements/sidebar/row.js";
import { post } from "elements/post.js";
import { keepTheme } from "elements/page/theme.js";
import { toast } from "elements/page/toast.js";

const KINDS = { room: "Room", direct: "Direct", task: "Task" };

// `recent`: ids of conversations, the latest first.
export function itemsOf({ inbox, recent, actions }) {
  const boards = new Map(inbox.boards.map(({ board_id: id, name }) => [id, name]));
  const places = [...inbox.conversations.values()].map((place) => placeItem(place, boards, recent));
  const links = inbox.boards.map(({ board_id: id, name, url }) => linkItem(`board-${id}`, "Board", name, "square-kanban", url));
  return [...places, ...links, ...actions.map(actionItem), ...doings(inbox)];
}

function placeItem(place, boards, recent) {
  const { conversation_id: id, kind, name, url, unread, mentions, board_id: board, level } = place;
  const at = recent.indexOf(id);
  const news = level === "nothing" ? 0 : (unread > 0) * 12 + (mentions > 0) * 10;
  const rank = news + (at < 0 ? 0 : Math.max(1, 14 - at)) - (kind === "task") * 2;
  return { id: `place-${id}`, kind: KINDS[kind], name, note: boards.get(board) ?? "", icon: place.user_id ? "user" : signOf(place), unread, mentions, rank, url, run: (go) => go(url) };
}

function linkItem(id, kind, name, icon, url) {
  return { id, kind, name, note: "", icon, rank: 0, run: (go) => go(url) };
}

// One of the keys that work anywhere (elements/page/keys.js) that also has a name here.
function actionItem({ words, icon = "list-checks", keys, run }) {
  return { id: `do-${words}`, kind: "Do", name: words, note: keys.join(" "), icon, rank: -1, run: () => run() };
}

function doings(inbox) {
  const doing = (name, icon, run) => ({ id: `do-${name}`, kind: "Do", name, note: "", icon, rank: -2, run });
  return [
    doing("Mark all read", "mail-open", markAllRead),
    doing("New direct conversation", "user-plus", (go) => go("/messaging/direct/")),
    ...inbox.boards.map(({ board_id: id, name }) => doing(`New room in ${name}`, "plus", (go) => go(`/messaging/board/${id}/rooms/`))),
    doing("Profile and settings", "settings", (go) => go("/accounts/profile/")),
    ...["auto", "light", "dark"].map((theme) => doing(`Theme: ${theme === "auto" ? "as the system" : theme}`, "sun-moon", () => light(theme))),
  ];
}

async function markAllRead() {
  const answer = await post("/messaging/read/");
  toast(answer === null ? "The server cannot be reached just now." : (answer.refusal ?? "Everything is read."));
}

function light(theme) {
  keepTheme(theme);
  for (const one of document.querySelectorAll("theme-switch")) one.refresh();
}

// What the server found besides: people to talk to, tasks and rooms that are not in the inbox.
export function itemsFound({ people, tasks, rooms }, inbox) {
  const talksTo = new Set([...inbox.conversations.values()].map(({ user_id: id }) => id));
  const person = ({ user_id: id, username, display_name: name }) =>
    ({ id: `person-${id}`, kind: "Person", name, note: `@${username}`, icon: "user", rank: 0, run: (go) => talkTo(id, go) });
  const place = (kind, key, icon) => ({ name, url, place: note, ...ids }) => ({ ...linkItem(`${kind}-${ids[key]}`, kind, name, icon, url), note });
  return [
    ...people.filter(({ user_id: id }) => !talksTo.has(id)).map(person),
    ...tasks.filter(({ task_id: id }) => !inbox.conversationOfTask(id)).map(place("Task", "task_id", "message-square")),
    ...rooms.map(place("Room to join", "conversation_id", "hash")),
  ];
}

async function talkTo(userId, go) {
  const answer = await post("/messaging/direct/", { people: userId });
  if (answer?.url) go(answer.url);
  else toast(answer?.refusal ?? "The server cannot be reached just now.");
}
