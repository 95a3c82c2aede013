// @room and @here interrupt many people at once: how many is said before it happens.
import { ask } from "elements/question.js";

const CALL = /(?<![\w@/.+-])@(room|here)\b(?![\w-])/i;
const MANY = 1; // people; to call one person is to mention them

// Resolves to whether the text may be said as it is. `count()`: {room, here} people, or null when nobody can tell.
export async function isCallMeant(text, count) {
  const group = CALL.exec(text.replace(/```[\s\S]*?(```|$)|`[^`\n]*`/g, ""))?.[1].toLowerCase();
  if (!group) return true;
  const counts = await count();
  const people = counts?.[group];
  if (people !== undefined && people <= MANY) return true;
  const words = group === "room" ? "Everybody in this conversation hears of it." : "Everybody who is here now hears of it.";
  return ask({ title: people === undefined ? `Notify @${group}?` : `Notify ${people} people?`, words, yes: "Send", no: "Back", kind: "primary" });
}
