// What was copied from a page or a document, as Markdown. Whatever dresses a text without meaning anything is left out:
// fonts, spans, the <b> around everything of Google Docs, the conditional comments and list marks of Word.

const MARKS = { B: "**", STRONG: "**", I: "*", EM: "*", S: "~~", DEL: "~~", STRIKE: "~~" };
const BLOCKS = new Set(["P", "DIV", "SECTION", "ARTICLE", "HEADER", "FOOTER", "MAIN", "UL", "OL", "LI", "TABLE", "PRE", "BLOCKQUOTE", "H1", "H2", "H3", "H4", "H5", "H6", "HR", "DL", "DT", "DD", "FIGURE"]);
const SILENT = new Set(["STYLE", "SCRIPT", "META", "TITLE", "LINK", "HEAD", "TEMPLATE", "NOSCRIPT", "O:P", "SVG", "IMG", "BUTTON"]);
const MEANT = "a[href], b, strong, i, em, s, del, strike, ul, ol, table, pre, code, blockquote, h1, h2, h3, h4, h5, h6, span[data-style], p[class^=MsoList]";
const FIXED_WIDTH = /font-family:[^;]*(mono|consolas|courier|menlo)/i;
const AS_TYPED = /white-space:\s*pre\s*(;|$)/i;
const KEEPS_BREAKS = /white-space(-collapse)?:\s*(pre|break-spaces)/i;
const SAFE = /^(https?:|mailto:)/i;

// Null where the plain text says the same.
export function markdownOf(html, parser = new DOMParser()) {
  const { body } = parser.parseFromString(undressed(html), "text/html");
  if (!body.querySelector(MEANT)) return null;
  const markdown = blocksOf(body).replace(/\u00a0/g, " ").replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
  return markdown || null;
}

// Whether all of it is code, as editors copy it: <pre>, or a <div> of its own in letters of one width.
export function isCode(html, parser = new DOMParser()) {
  const { body } = parser.parseFromString(undressed(html), "text/html");
  const [code] = body.children;
  if (body.childElementCount !== 1 || code.textContent.trim() !== body.textContent.trim()) return false;
  const { style = "" } = code.dataset;
  return code.tagName === "PRE" || (code.tagName === "DIV" && FIXED_WIDTH.test(style) && AS_TYPED.test(style));
}

// Styles are read, never applied: the policy of the page would have each complain.
function undressed(html) {
  const plain = html.replace(/<!--\[if[\s\S]*?<!\[endif\]-->/g, "").replace(/<style[\s\S]*?<\/style>/gi, "");
  return plain.replace(/<[^>]+>/g, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
}

// -- blocks ------------------------------------------------------------------------------------------------------------

// Children of a block: runs of words, and blocks of their own, each on lines of its own.
function blocksOf(parent, depth = 0) {
  const blocks = [];
  let words = "";
  const end = () => {
    if (words.trim()) blocks.push(tidy(words));
    words = "";
  };
  for (const child of parent.childNodes) {
    if (!isBlock(child)) words += inline(child);
    else (end(), blocks.push(blockOf(child, depth)));
  }
  end();
  return joined(blocks.filter(Boolean));
}

// A list that follows words of its own item, or an item that follows another, needs no empty line.
function joined(blocks) {
  return blocks.reduce((text, block) => text + (text ? (isItem(block) && isItem(text.split("\n").at(-1)) ? "\n" : "\n\n") : "") + block, "");
}

function isItem(text) {
  return /^\s*([-*]|\d+\.) /.test(text);
}

function blockOf(element, depth) {
  switch (element.tagName) {
    case "UL":
    case "OL": return listOf(element, depth);
    case "TABLE": return tableOf(element);
    case "PRE": return `\`\`\`\n${element.textContent.replace(/\n$/, "")}\n\`\`\``;
    case "BLOCKQUOTE": return blocksOf(element).replace(/^/gm, "> ").replace(/^> $/gm, ">");
    case "HR": return "";
    case "P": return wordListItem(element) ?? blocksOf(element, depth);
  }
  if (/^H[1-6]$/.test(element.tagName)) return bold(blocksOf(element, depth));
  return blocksOf(element, depth);
}

// Headings would shout in a chat.
function bold(words) {
  return words && !words.includes("**") && !words.includes("\n") ? `**${words}**` : words;
}

function listOf(list, depth) {
  const first = Number(list.getAttribute("start")) || 1;
  const items = [...list.children].filter(({ tagName }) => tagName === "LI" || tagName === "UL" || tagName === "OL");
  let number = first - 1;
  return items
    .map((item) => {
      if (item.tagName !== "LI") return listOf(item, depth + 1).replace(/^/gm, "  "); // Google Docs nests lists without items
      number += 1;
      return itemOf(item, list.tagName === "OL" ? `${number}. ` : "- ", depth);
    })
    .filter(Boolean)
    .join("\n");
}

function itemOf(item, mark, depth) {
  const words = blocksOf(item, depth + 1).replace(/\n\n(?=\s*([-*]|\d+\.) )/g, "\n");
  return words && mark + words.replace(/\n(?=.)/g, `\n${" ".repeat(mark.length)}`);
}

// Word writes lists as paragraphs whose mark is text.
function wordListItem(paragraph) {
  if (!/MsoList/.test(paragraph.className)) return null;
  const level = Number(/level(\d)/.exec(paragraph.dataset?.style ?? "")?.[1] ?? 1);
  const words = blocksOf(paragraph);
  const number = /^(\d+)[.)]\s+/.exec(words);
  const bare = words.replace(/^(?:\d+[.)]|[·•o§\-\u2022\uf0b7])\s+/, "");
  return `${"  ".repeat(level - 1)}${number ? `${number[1]}. ` : "- "}${bare}`;
}

function tableOf(table) {
  const rows = [...table.querySelectorAll("tr")].map((row) => [...row.children].map(cellOf));
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width < 2) return rows.flat().join("\n"); // one column is a layout, not a table
  const line = (cells) => `| ${Array.from({ length: width }, (_, at) => cells[at] ?? "").join(" | ")} |`;
  const [head, ...rest] = rows;
  return [line(head), line(Array(width).fill("---")), ...rest.map(line)].join("\n");
}

function cellOf(cell) {
  return blocksOf(cell).replace(/\s*\n\s*/g, " ").replace(/\|/g, "\\|").trim();
}

// -- words -------------------------------------------------------------------------------------------------------------

function inline(node) {
  if (node.nodeType === 3) return node.data.replace(keepsBreaks(node) ? /[ \t\r]+/g : /[ \t\r\n]+/g, " ");
  if (node.nodeType !== 1 || SILENT.has(node.tagName)) return "";
  if (node.tagName === "BR") return "\n";
  if (node.tagName === "CODE" || node.tagName === "KBD" || node.tagName === "TT") return code(node.textContent);
  const words = [...node.childNodes].map(inline).join("");
  if (node.tagName === "A") return link(node, words);
  return marksOf(node).reduce((text, mark) => wrap(text, mark), words);
}

function keepsBreaks({ parentElement: parent }) {
  return KEEPS_BREAKS.test(parent.closest("[data-style*='white-space']")?.dataset.style ?? "");
}

// By its tag, unless its style takes that back; or by its style alone, as Google Docs does it.
function marksOf(element) {
  const style = element.dataset?.style ?? "";
  const marks = new Set();
  if (MARKS[element.tagName]) marks.add(MARKS[element.tagName]);
  if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) marks.add("**");
  if (/font-weight:\s*(normal|[1-4]00)/i.test(style)) marks.delete("**");
  if (/font-style:\s*italic/i.test(style)) marks.add("*");
  if (/font-style:\s*normal/i.test(style)) marks.delete("*");
  if (/text-decoration[^;]*line-through/i.test(style)) marks.add("~~");
  return [...marks];
}

// Space stays outside the marks, and each line has marks of its own.
function wrap(text, mark) {
  return text.replace(/[^\n]+/g, (line) => {
    const words = line.trim();
    if (!words || (words.startsWith(mark) && words.endsWith(mark))) return line;
    const at = line.indexOf(words);
    return line.slice(0, at) + mark + words + mark + line.slice(at + words.length);
  });
}

function code(text) {
  const words = text.replace(/\s+/g, " ").trim();
  return words && (words.includes("`") ? `\`\` ${words} \`\`` : `\`${words}\``);
}

function link(anchor, words) {
  const address = anchor.getAttribute("href") ?? "";
  const shown = words.trim();
  if (!SAFE.test(address) || !shown) return words;
  if ([shown, `${shown}/`, `mailto:${shown}`].includes(address)) return words;
  const at = words.indexOf(shown);
  return `${words.slice(0, at)}[${shown.replace(/\n/g, " ")}](${escaped(address)})${words.slice(at + shown.length)}`;
}

function escaped(address) {
  return address.replace(/[\s()]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, "0")}`);
}

function isBlock(node) {
  if (node.nodeType !== 1) return false;
  // The whole of what Google Docs copies stands in a <b> that means nothing.
  return BLOCKS.has(node.tagName) || (node.tagName !== "A" && Boolean(node.querySelector?.("p, ul, ol, table, pre, blockquote, h1, h2, h3, h4, h5, h6, div")));
}

// The space of a source is not the space of a text.
function tidy(words) {
  return words.replace(/ *\n */g, "\n").replace(/ {2,}/g, " ").trim();
}
