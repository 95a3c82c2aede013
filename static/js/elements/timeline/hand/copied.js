// Several messages that are copied at once: under who said them and when, without the links and buttons around them.
import { make } from "elements/common/make.js";
import { exact } from "elements/common/times.js";

export function onCopy(list) {
  list.addEventListener("copy", (event) => {
    const selection = document.getSelection();
    if (event.defaultPrevented || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    const bodies = [...list.querySelectorAll(".message-body:not([hidden])")].filter((body) => range.intersectsNode(body));
    const copied = bodies.map((body) => ({ row: body.closest(".message"), ...partOf(body, range) })).filter(({ words }) => words);
    if (copied.length < 2) return; // a passage goes as it is
    const heads = copied.map(({ row }, at) => (at === 0 || row.hasAttribute("data-starts-run") ? headOf(row.message) : ""));
    event.clipboardData.setData("text/plain", copied.map(({ words }, at) => `${heads[at] && `\n${heads[at]}\n`}${words}`).join("\n").trim());
    const shown = make("div", "", ...copied.flatMap((part, at) => (heads[at] ? [make("p", "", make("b", "", heads[at])), part.shown] : [part.shown])));
    event.clipboardData.setData("text/html", shown.innerHTML);
    event.preventDefault();
  });
}

function headOf({ display_name: name, timestamp }) {
  return [name, exact(new Date(timestamp))].filter(Boolean).join(", ");
}

// What of a message is marked, as words and as they are shown.
function partOf(body, { startContainer, startOffset, endContainer, endOffset }) {
  const part = document.createRange();
  part.selectNodeContents(body);
  const isCut = [startContainer, endContainer].some((edge) => body.contains(edge));
  if (body.contains(startContainer)) part.setStart(startContainer, startOffset);
  if (body.contains(endContainer)) part.setEnd(endContainer, endOffset);
  const shown = make("div", "", part.cloneContents());
  for (const bar of shown.querySelectorAll(".code-bar")) bar.remove();
  const text = shown.textContent;
  if (body.matches(".plain")) shown.replaceChildren(...withBreaks(text));
  const { message } = body.closest(".message");
  return { words: (!isCut && message.message) || text.trim(), shown };
}

function withBreaks(text) {
  return text.split("\n").flatMap((line, at) => (at ? [document.createElement("br"), line] : [line]));
}
