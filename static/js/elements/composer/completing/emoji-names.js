// Emoji after a colon, by name or tag, in English and in the language of the page; what is chosen stands in the text as itself.
import { plain } from "elements/emoji/plain.js";
import { allEmoji } from "elements/emoji/list.js";
import { make } from "elements/common/make.js";
import { gettext } from "language/gettext.js";

const MOST = 8;

export function emojiNames() {
  return {
    begun: /(?:^|[\s(]|\p{So}):([\p{L}\p{M}\d_+-]{2,30})$/u,
    label: gettext("Emoji"),
    find: async (words) => emojiLike(words.toLowerCase(), await allEmoji()).map((one) => ({ ...one, text: one.emoji })),
    draw: ({ emoji, name, label }) => [make("span", "emoji", emoji), make("span", "name truncate", label ?? `:${name}:`)],
  };
}

// Those that are called so, then those of which a word is, or begins so: [{emoji, name, label}], `words` with _ for spaces.
export function emojiLike(words, all, most = MOST) {
  const own = plain(words.replaceAll("_", " "));
  const ranked = all.map((one) => ({ ...one, ...fitNamed(one, words), own: rankOwn(one, own) }));
  const found = ranked.map(({ emoji, name, label, rank, own: other }) => ({ emoji, name, label, rank: Math.min(rank, other) })).filter(({ rank }) => rank < Infinity);
  return found.sort((one, other) => one.rank - other.rank || lengthOf(one) - lengthOf(other)).slice(0, most);
}

// Names that begin so, then those with a word that does, then tags.
function fitNamed({ names, tags }, words) {
  const name = names.find((each) => each.startsWith(words));
  const part = name ?? names.find((each) => each.split("_").some((word) => word.startsWith(words)));
  if (part) return { name: part, rank: part === words ? 0 : name ? 1 : 2 };
  return { name: names[0], rank: tags.some((each) => each.startsWith(words)) ? 3 : Infinity };
}

// In the language of the page, where a name is rather several words than one: any of them counts as much as the first.
function rankOwn({ label, words: all }, words) {
  if (label === null) return Infinity;
  const name = plain(label);
  if (name === words) return 0;
  if (name.startsWith(words) || name.split(" ").includes(words)) return 1;
  if (all.includes(words) || name.includes(` ${words}`)) return 2;
  return all.some((word) => word.startsWith(words)) ? 3 : Infinity;
}

function lengthOf({ label, name }) {
  return (label ?? name).length;
}
