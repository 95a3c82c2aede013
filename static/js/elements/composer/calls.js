// @room and @here interrupt many people at once: how many is said before it happens.
import { ask } from "elements/common/question.js";
import { gettext, ngettext } from "language/gettext.js";

const CALL = /(?<![\w@/.+-])@(room|here)\b(?![\w-])/i;
const MANY = 1; // people; to call one person is to mention them

// Resolves to whether the text may be said as it is; `before`: what it said until now, whose people know of it already.
// `count()`: {room, here} people, or null when nobody can tell.
export async function isCallMeant(text, count, before = "") {
  const group = groupIn(text);
  if (!group || group === groupIn(before)) return true;
  const counts = await count();
  const people = counts?.[group];
  if (people !== undefined && people <= MANY) return true;
  const words = group === "room" ? gettext("Everybody in this conversation hears of it.") : gettext("Everybody who is here now hears of it.");
  const title = people === undefined ? gettext("Notify @{group}?", { group }) : ngettext("Notify {count} person?", "Notify {count} people?", people);
  return ask({ title, words, yes: gettext("Send"), no: gettext("Back"), kind: "primary" });
}

function groupIn(text) {
  return CALL.exec(text.replace(/```[\s\S]*?(```|$)|`[^`\n]*`/g, ""))?.[1].toLowerCase();
}
