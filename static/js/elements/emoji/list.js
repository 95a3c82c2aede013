// All emoji with their names, fetched when first asked for: [{emoji, names, tags, group}].
import { GROUPS } from "elements/emoji/groups.js";

let list = null;

export function allEmoji() {
  list ??= fetched().catch(() => ((list = null), [])); // without a line there are none this time
  return list;
}

async function fetched() {
  const answer = await fetch(new URL("../../../vendor/gemoji/emoji.json", import.meta.url));
  const groups = await answer.json();
  return groups.flatMap(({ name: group, emoji }) => emoji.map(([sign, names, tags = ""]) => ({ emoji: sign, group: GROUPS[group] ?? group, names: names.split(" "), tags: tags.split(" ").filter(Boolean) })));
}
