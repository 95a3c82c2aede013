// The emoji that somebody used lately in this browser, the latest first; before that, those that people use most.
const KEPT = "prizmai-emoji";
const MOST = 16;
const USUAL = [["👍", "thumbs up"], ["❤️", "heart"], ["😂", "joy"], ["🎉", "tada"], ["😮", "open mouth"], ["😢", "cry"], ["🙏", "pray"], ["👀", "eyes"], ["✅", "check mark"], ["🚀", "rocket"], ["🔥", "fire"], ["💯", "100"], ["👏", "clap"], ["🤔", "thinking"], ["😄", "smile"], ["👋", "wave"]];

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
