// Code in a message can be scrolled by keyboard and copied in one press.
import { icon, showIcon } from "elements/icon.js";

const THANKS_MS = 1_500;

export function dressCode(body) {
  for (const wide of body.querySelectorAll("pre, table")) wide.tabIndex = 0;
  for (const pre of body.querySelectorAll("pre")) wrap(pre);
}

function wrap(pre) {
  const block = document.createElement("div");
  block.className = "code-block";
  pre.replaceWith(block);
  block.append(pre, bar(pre));
}

function languageOf(pre) {
  const code = pre.querySelector("code") ?? pre;
  return pre.dataset.language ?? /language-([\w+#-]+)/.exec(code.className)?.[1] ?? "";
}

function bar(pre) {
  const bar = document.createElement("div");
  bar.className = "code-bar";
  bar.append(languageOf(pre), copyButton(pre));
  return bar;
}

function copyButton(pre) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet icon-only small";
  button.setAttribute("aria-label", "Copy code");
  button.title = "Copy code";
  button.append(icon("copy"));
  button.addEventListener("click", () => copy(pre.textContent, button));
  return button;
}

async function copy(text, button) {
  await navigator.clipboard.writeText(text);
  showIcon(button.firstElementChild, "check");
  setTimeout(() => showIcon(button.firstElementChild, "copy"), THANKS_MS);
}
