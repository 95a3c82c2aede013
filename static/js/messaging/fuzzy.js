// How well a few letters match a name: best at the start of a word, then together, then scattered in their order.

// {score, places: the indexes of the letters that match}, or null if they do not. Higher is better; 0 for no letters.
export function fit(wanted, name) {
  const [letters, text] = [plain(wanted), plain(name)];
  if (letters.length === 0) return { score: 0, places: [] };
  const at = text.indexOf(letters);
  if (at >= 0) return { score: (isStart(text, at) ? 100 : 60) - at - text.length / 100, places: span(at, letters.length) };
  return scattered(letters.replaceAll(" ", ""), text);
}

// Without capitals and accents. Each letter stays one letter, so that the indexes stay the same.
function plain(words) {
  return [...words].map((letter) => letter.normalize("NFD")[0].toLowerCase()[0] ?? " ").join("");
}

function scattered(letters, text) {
  const places = [];
  let score = 40;
  for (const letter of letters) {
    const at = next(letter, text, places.at(-1) ?? -1);
    if (at < 0) return null;
    if (!isStart(text, at) && at !== (places.at(-1) ?? -2) + 1) score -= 6;
    places.push(at);
  }
  return score > 0 ? { score: score - text.length / 100, places } : null;
}

// The index of the letter: at the start of a word if there is one, unless it is the very next letter.
function next(letter, text, after) {
  const near = text.indexOf(letter, after + 1);
  if (near < 0 || near === after + 1 || isStart(text, near)) return near;
  for (let at = near; at >= 0; at = text.indexOf(letter, at + 1)) if (isStart(text, at)) return at;
  return near;
}

function isStart(text, at) {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]);
}

function span(start, length) {
  return Array.from({ length }, (_, step) => start + step);
}
