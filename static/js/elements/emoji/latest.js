// The emoji that somebody used lately in this browser, the latest first; before that, those that people use most.
import { pgettext } from "language/pgettext.js";

const KEPT = "prizmai-emoji";
const MOST = 16;
const USUAL = [
  ["👍", pgettext("emoji", "thumbs up")], ["❤️", pgettext("emoji", "heart")], ["😂", pgettext("emoji", "joy")], ["🎉", pgettext("emoji", "tada")],
  ["😮", pgettext("emoji", "open mouth")], ["😢", pgettext("emoji", "cry")], ["🙏", pgettext("emoji", "pray")], ["👀", pgettext("emoji", "eyes")],
  ["✅", pgettext("emoji", "check mark")], ["🚀", pgettext("emoji", "rocket")], ["🔥", pgettext("emoji", "fire")], ["💯", "100"],
  ["👏", pgettext("emoji", "clap")], ["🤔", pgettext("emoji", "thinking")], ["😄", pgettext("emoji", "smile")], ["👋", pgettext("emoji", "wave")],
];

// [{emoji, name}]
export function latest() {
  const used = read();
  const usual = USUAL.map(([emoji, name]) => ({ emoji, name })).filter(({ emoji }) => !used.some((one) => one.emoji === emoji));
  return [...used, ...usual].slice(0, MOST);
}

export function noteUse(choice) {
  const others = read().filter(({ emoji }) => emoji !== choice.emoji);
  try {
    localStorage.setItem(KEPT, JSON.stringify([choice, ...others].slice(0, MOST)));
  } catch {
    // Without storage the usual ones are offered again.
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
}
