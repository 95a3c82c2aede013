// Rooms and tasks after a #, which become links: who may not open one reads its name and no more.
import { icon } from "elements/common/icon.js";
import { make } from "elements/common/make.js";
import { gettext } from "language/gettext.js";

// `ask(words)`: [{kind, name, board, url}] from the server.
export function destinations({ ask }) {
  return {
    begun: /(?:^|[\s(])#([\p{L}\p{N}][^\n#[\]()]{0,40}|)$/u,
    label: gettext("Rooms and tasks"),
    find: async (words) => (/\s{2}|\s$/.test(words) ? [] : (await ask(words)).map((one) => ({ ...one, text: linkTo(one) }))),
    draw: ({ kind, name, board }) => [icon(kind === "task" ? "square-kanban" : "hash"), make("span", "name truncate", name), make("span", "handle truncate", board)],
  };
}

function linkTo({ kind, name, url }) {
  const words = name.replace(/[\\[\]]/g, "\\$&");
  return `[${kind === "task" ? "" : "#"}${words}](${url})`;
}
