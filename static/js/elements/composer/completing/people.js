// People after an @: who talked here last comes first, then @room and @here, then names that merely hold what was typed; of a
// crowd the server knows the rest.
import { icon } from "elements/common/icon.js";
import { make, makeAvatar } from "elements/common/make.js";
import { beginsLike, namesLike } from "elements/composer/names-like.js";
import { gettext } from "language/gettext.js";

const MOST = 8;
const GROUPS = [
  { username: "room", display_name: gettext("Everybody in this conversation") },
  { username: "here", display_name: gettext("Everybody who is here now") },
];

// `others()`: [{user_id, username, display_name}] besides me; `isWhole()`: whether these are all. `talkers()`: user ids, the
// latest first. `ask(words)`: people from the server.
export function people({ others, isWhole, talkers, ask }) {
  return {
    begun: /(?:^|[\s(])@([\p{L}\p{N}_.+-]*(?: [\p{L}\p{N}_.+-]+){0,2})$/u,
    label: gettext("People to mention"),
    find: async (words) => {
      const known = namesLike(words, others(), talkers());
      const more = isWhole() || known.length >= MOST ? [] : await ask(words);
      const found = [...known, ...more.filter(({ username }) => !known.some((one) => one.username === username))];
      const [like, unlike] = [true, false].map((begins) => found.slice(0, MOST).filter((one) => beginsLike(one, words) === begins));
      return [...like, ...groupsLike(words), ...unlike].map((one) => ({ ...one, text: `@${one.username}` }));
    },
    draw: ({ user_id: id, username, display_name: name, avatar }) => [
      id ? makeAvatar(id, name, avatar) : icon("users"),
      make("span", "name truncate", name),
      make("span", "handle truncate", `@${username}`),
    ],
    isWhole: (words, { username }) => words.toLowerCase() === username.toLowerCase(),
  };
}

function groupsLike(words) {
  return GROUPS.filter(({ username }) => username.startsWith(words.toLowerCase()));
}
