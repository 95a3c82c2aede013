// Emoji after a colon, by name or tag; what is chosen stands in the text as itself.
import { allEmoji } from "elements/emoji/list.js";
import { make } from "elements/make.js";
import { gettext } from "language/gettext.js";

const MOST = 8;

export function emojiNames() {
  return {
    begun: /(?:^|[\s(]|\p{So}):([a-z0-9_+-]{2,30})$/iu,
    label: gettext("Emoji"),
    find: async (words) => emojiLike(words.toLowerCase(), await allEmoji()).map((one) => ({ ...one, text: one.emoji })),
    draw: ({ emoji, name }) => [make("span", "emoji", emoji), make("span", "name truncate", `:${name}:`)],
  };
}

// Names that begin so, then those with a word that does, then tags.
export function emojiLike(words, all, most = MOST) {
  const ranked = [];
  for (const one of all) {
    const name = one.names.find((each) => each.startsWith(words));
    const part = name ?? one.names.find((each) => each.split("_").some((word) => word.startsWith(words)));
    const tag = part ?? (one.tags.some((each) => each.startsWith(words)) ? one.names[0] : undefined);
    if (tag) ranked.push({ emoji: one.emoji, name: tag, rank: name === words ? 0 : name ? 1 : part ? 2 : 3 });
  }
  return ranked.sort((one, other) => one.rank - other.rank || one.name.length - other.name.length).slice(0, most);
}
