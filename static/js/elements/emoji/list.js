// All emoji with their names, fetched when first asked for: [{emoji, names, tags, group, label, words}]. The names and tags are
// English, as typed between colons; on a page in another language the label is what it is called in that, and the words are
// what it is found by, plain; else they are null and none.
import { plain } from "elements/emoji/plain.js";
import { GROUPS } from "elements/emoji/groups.js";
import { locale } from "language/gettext.js";

const isEnglish = locale.startsWith("en");
let list = null;

export function allEmoji() {
  list ??= fetched().catch(() => ((list = null), [])); // without a line there are none this time
  return list;
}

async function fetched() {
  const [groups, called] = await Promise.all([asked("gemoji/emoji.json"), isEnglish ? [] : asked(`emojibase/${locale}.json`)]);
  const own = new Map(called.map(([sign, label, words = ""]) => [sign, { label, words: split(plain(`${label} ${words}`)) }]));
  return groups.flatMap(({ name: group, emoji }) => emoji.map(([sign, names, tags = ""]) => ({ emoji: sign, group: GROUPS[group] ?? group, names: split(names), tags: split(tags), label: null, words: [], ...own.get(sign) })));
}

// A language whose words are not here has none.
async function asked(file) {
  const answer = await fetch(new URL(`../../../vendor/${file}`, import.meta.url));
  return answer.ok ? answer.json() : [];
}

function split(words) {
  return words.split(" ").filter(Boolean);
}
