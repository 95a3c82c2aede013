// What the palette offers: every place of mine, boards, and what one can do from anywhere.
//
//   item   {id, kind, name, note, icon, unread, mentions, rank: what its state adds, url?: of a place, run(go): goes there or does it}
import { signOf } from "elements/sidebar/row.js";
import { keyName } from "elements/keys/key-name.js";
import { post } from "elements/common/post.js";
import { keepTheme } from "elements/page/theme.js";
import { toast } from "elements/common/toast.js";
import { gettext } from "language/gettext.js";

const KINDS = { room: gettext("Room"), direct: gettext("Direct"), task: gettext("Task") };
const DO = gettext("Do");
const THEMES = { auto: gettext("Theme: as the system"), light: gettext("Theme: light"), dark: gettext("Theme: dark") };
const OUT_OF_REACH = gettext("The server cannot be reached just now.");

// `recent`: ids of conversations, the latest first.
export function itemsOf({ inbox, recent, actions }) {
  const boards = new Map(inbox.boards.map(({ board_id: id, name }) => [id, name]));
  const places = [...inbox.conversations.values()].map((place) => placeItem(place, boards, recent));
  const links = inbox.boards.map(({ board_id: id, name, url }) => linkItem(`board-${id}`, gettext("Board"), name, "square-kanban", url));
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

// One of the keys that work anywhere (elements/keys/keys.js) that also has a name here.
function actionItem({ words, icon = "list-checks", keys, run }) {
  return { id: `do-${words}`, kind: DO, name: words, note: keys.map(keyName).join(" "), icon, rank: -1, run: () => run() };
}

function doings(inbox) {
  const doing = (name, icon, run) => ({ id: `do-${name}`, kind: DO, name, note: "", icon, rank: -2, run });
  return [
    doing(gettext("Mark all read"), "mail-open", markAllRead),
    doing(gettext("New direct conversation"), "user-plus", (go) => go("/messaging/direct/")),
    ...inbox.boards.map(({ board_id: id, name }) => doing(gettext("New room in {name}", { name }), "plus", (go) => go(`/messaging/board/${id}/rooms/`))),
    doing(gettext("Profile and settings"), "settings", (go) => go("/accounts/profile/")),
    ...Object.entries(THEMES).map(([theme, words]) => doing(words, "sun-moon", () => light(theme))),
  ];
}

async function markAllRead() {
  const answer = await post("/messaging/read/");
  toast(answer === null ? OUT_OF_REACH : (answer.refusal ?? gettext("Everything is read.")));
}

function light(theme) {
  keepTheme(theme);
  for (const one of document.querySelectorAll("theme-switch")) one.refresh();
}

// What the server found besides: people to talk to, tasks and rooms that are not in the inbox.
export function itemsFound({ people, tasks, rooms }, inbox) {
  const talksTo = new Set([...inbox.conversations.values()].map(({ user_id: id }) => id));
  const person = ({ user_id: id, username, display_name: name }) =>
    ({ id: `person-${id}`, kind: gettext("Person"), name, note: `@${username}`, icon: "user", rank: 0, run: (go) => talkTo(id, go) });
  const place = (kind, key, icon) => ({ name, url, place: note, ...ids }) => ({ ...linkItem(`${key}-${ids[key]}`, kind, name, icon, url), note });
  return [
    ...people.filter(({ user_id: id }) => !talksTo.has(id)).map(person),
    ...tasks.filter(({ task_id: id }) => !inbox.conversationOfTask(id)).map(place(KINDS.task, "task_id", "message-square")),
    ...rooms.map(place(gettext("Room to join"), "conversation_id", "hash")),
  ];
}

async function talkTo(userId, go) {
  const answer = await post("/messaging/direct/", { people: userId });
  if (answer?.url) go(answer.url);
  else toast(answer?.refusal ?? OUT_OF_REACH);
}
