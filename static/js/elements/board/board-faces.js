// The faces of people, as the server draws them too.
import { make, makeAvatar } from "elements/common/make.js";
import { ngettext } from "language/gettext.js";

const AT_MOST = 5;

// All who are on a board, in the header: a few of them shown, the rest counted.
export function drawFaces(link, people) {
  const words = hiddenWords(ngettext("{count} person on this board", "{count} people on this board", people.length));
  const shown = people.slice(0, AT_MOST).map(({ user_id: id, display_name: name, avatar }) => makeAvatar(id, name, avatar));
  link.replaceChildren(words, ...shown, ...(people.length > AT_MOST ? [more(people.length - AT_MOST)] : []));
}

export function hiddenWords(words) {
  return make("span", "visually-hidden", words);
}

function more(count) {
  const span = make("span", "count", `+${count}`);
  span.ariaHidden = "true";
  return span;
}
