// How a marked passage is written, or unwritten, in Markdown. Pure: a text and a selection in, a change out.
//
//   change   {start, end: what is replaced; text: by what; select: [from, to] within it}

const MARKS = { bold: "**", italic: "*", strike: "~~", code: "`" };
const LINES = { bullets: "- ", numbers: "1. ", quote: "> " };
const LINE_MARK = { bullets: /^[-*+] /, numbers: /^\d+[.)] /, quote: /^> ?/ };
const ITEM = /^(\s*)(?:([-*+])|(\d+)([.)])|(>))( +)(\[[ xX]\] )?(.*)$/;
const ADDRESS = /^https?:\/\/\S+$/i;

// The change that marks the passage as `kind`, or takes the mark away.
export function marked(kind, text, start, end) {
  if (MARKS[kind]) return surrounded(MARKS[kind], text, start, end);
  if (LINES[kind]) return prefixed(kind, text, start, end);
  return kind === "link" ? linked(text, start, end) : fenced(text, start, end);
}

// What the next line begins with, as a change; null where a line break is just that.
export function continued(text, caret) {
  const start = text.lastIndexOf("\n", caret - 1) + 1;
  const item = ITEM.exec(text.slice(start, caret));
  if (!item || isInFence(text, caret)) return null;
  const [, indent, bullet, number, after, quote, space, box = "", words] = item;
  if (!words.trim()) return { start, end: caret, text: "", select: [0, 0] };
  const mark = bullet ?? quote ?? `${Number(number) + 1}${after}`;
  const next = `\n${indent}${mark}${space}${box && "[ ] "}`;
  return { start: caret, end: caret, text: next, select: [next.length, next.length] };
}

// An address over a selection makes it a link; null when either is something else.
export function linkedTo(address, text, start, end) {
  const words = text.slice(start, end);
  if (start === end || words.includes("\n") || ADDRESS.test(words.trim()) || !ADDRESS.test(address.trim())) return null;
  const link = `[${words}](${address.trim()})`;
  return { start, end, text: link, select: [link.length, link.length] };
}

// Whether what stands there is code, in which nothing is marked.
export function isInFence(text, caret) {
  return (text.slice(0, caret).match(/^ {0,3}```[^`\n]*$/gm)?.length ?? 0) % 2 === 1;
}

function surrounded(mark, text, start, end) {
  const { length } = mark;
  const isOutside = text.slice(start - length, start) === mark && text.slice(end, end + length) === mark && !isLonger(mark, text, start, end);
  if (isOutside) return { start: start - length, end: end + length, text: text.slice(start, end), select: [0, end - start] };
  const [lead, words, trail] = trimmed(text.slice(start, end));
  return { start, end, text: `${lead}${mark}${words}${mark}${trail}`, select: [lead.length + length, lead.length + length + words.length] };
}

// One star within two is no italic of its own.
function isLonger(mark, text, start, end) {
  return mark === "*" && text[start - 2] === "*" && text[end + 1] === "*" && text[start - 3] !== "*";
}

// Space at the ends of a passage stays outside: marks hold to words.
function trimmed(passage) {
  const words = passage.trim();
  if (!words) return ["", passage, ""];
  const at = passage.indexOf(words);
  return [passage.slice(0, at), words, passage.slice(at + words.length)];
}

function prefixed(kind, text, start, end) {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const to = text.indexOf("\n", end) < 0 ? text.length : text.indexOf("\n", end);
  const lines = text.slice(from, to).split("\n");
  const isMarked = lines.every((line) => LINE_MARK[kind].test(line));
  const changed = lines.map((line, at) => (isMarked ? line.replace(LINE_MARK[kind], "") : `${kind === "numbers" ? `${at + 1}. ` : LINES[kind]}${line}`)).join("\n");
  return { start: from, end: to, text: changed, select: start === end ? [changed.length, changed.length] : [0, changed.length] };
}

function linked(text, start, end) {
  const words = text.slice(start, end);
  if (ADDRESS.test(words)) return { start, end, text: `[](${words})`, select: [1, 1] };
  const link = `[${words}](https://)`;
  const at = words ? link.length - 1 : 1;
  return { start, end, text: link, select: [at, at] };
}

// A passage as a block of code; `words` take its place.
export function fenced(text, start, end, words = text.slice(start, end)) {
  const before = start > 0 && text[start - 1] !== "\n" ? "\n" : "";
  const after = end < text.length && text[end] !== "\n" ? "\n" : "";
  const fence = "`".repeat(Math.max(3, ...(words.match(/`+/g) ?? []).map(({ length }) => length + 1)));
  const block = `${before}${fence}\n${words}\n${fence}${after}`;
  const from = before.length + fence.length + 1;
  return { start, end, text: block, select: [from, from + words.length] };
}
