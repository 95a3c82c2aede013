// What is pasted: an address over a selection becomes a link, a page's text Markdown, code a block of code; with Shift it comes as
// it is.
import { isCode, markdownOf } from "elements/composer/markdown-of-html.js";
import { fenced, isInFence, linkedTo } from "elements/composer/markup.js";
import { type } from "elements/composer/type.js";

const LONG = 4_000; // characters that are better read as a file

// `offerFile({text, start})` is called when what was pasted is long.
export function listenToPastes(field, { offerFile }) {
  field.addEventListener("paste", (event) => {
    if (event.defaultPrevented) return; // files
    const { clipboardData: clipboard } = event;
    const change = changeOf(field, clipboard);
    const start = change?.start ?? field.selectionStart;
    const text = change?.text ?? clipboard?.getData("text/plain") ?? "";
    if (change || text.length > LONG) {
      event.preventDefault();
      type(field, text, change ?? {});
    }
    if (text.length > LONG) offerFile({ text, start });
  });
}

function changeOf(field, clipboard) {
  const { value, selectionStart: start, selectionEnd: end } = field;
  const [html, plain] = ["text/html", "text/plain"].map((kind) => clipboard?.getData(kind) ?? "");
  const link = linkedTo(plain, value, start, end);
  if (link) return { ...link, select: null };
  if (!html || isInFence(value, start)) return null;
  if (isCode(html)) return codeIn(plain, { value, start, end });
  const markdown = markdownOf(html);
  return markdown && letters(markdown) !== letters(plain) ? { start, end, text: markdown } : null;
}

// Where nothing is marked, the plain text has the better lines.
function letters(text) {
  return text.replace(/\s/g, "");
}

// One line of code is part of a sentence.
function codeIn(plain, { value, start, end }) {
  const code = plain.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  return code.includes("\n") ? { ...fenced(value, start, end, code), select: null } : null;
}
