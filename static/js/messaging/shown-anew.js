// Brings new names and pictures of people into everything that a room knows of them.

import { gettext } from "language/gettext.js";

// `room`: messaging/room.js; `data`: what it was made of; `people`: as messaging/people.js tells them.
export function showAnew({ room, data }, people) {
  const anew = new Map(people.map((person) => [person.user_id, person]));
  for (const one of [...data.members, ...room.typists.people]) Object.assign(one, anew.get(one.user_id));
  const me = anew.get(data.me.id);
  if (me) Object.assign(data.me, { username: me.username, name: me.display_name, avatar: me.avatar });
  if (data.kind === "direct" && data.members.some(({ user_id: id }) => anew.has(id))) data.name = namesOfOthers(data);
  for (const message of room.timeline.messages) if (message.id) showMessage(message, anew, room.timeline);
  for (const part of [room.typists, room.reading]) part.dispatchEvent(new Event("change"));
}

// The name of a direct conversation, as the server makes it.
function namesOfOthers({ members, me }) {
  const others = members.filter(({ user_id: id }) => id !== me.id);
  return others.map(({ display_name: name }) => name).join(", ") || gettext("Just you");
}

function showMessage(message, anew, timeline) {
  const { user_id: author, reply_to: quoted, pinned, reactions = {} } = message;
  const changed = {
    ...anew.get(author),
    ...named("pinned", pinned, anew.get(pinned?.user_id)),
    ...named("reply_to", quoted, anew.get(timeline.withId(quoted?.message_id)?.user_id)),
  };
  const hasReacted = Object.values(reactions).flat().some((id) => anew.has(id));
  const isOther = Object.keys(changed).some((key) => JSON.stringify(changed[key]) !== JSON.stringify(message[key]));
  if (isOther || hasReacted) timeline.upsert({ ...message, ...changed });
}

function named(key, words, person) {
  return words && person ? { [key]: { ...words, display_name: person.display_name } } : {};
}
