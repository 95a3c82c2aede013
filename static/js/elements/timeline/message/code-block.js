// Code in a message can be scrolled by keyboard and copied in one press.
import { isCopied, NOT_COPIED } from "elements/common/copying.js";
import { icon, showIcon } from "elements/common/icon.js";
import { make, makeButton } from "elements/common/make.js";
import { toast } from "elements/common/toast.js";
import { gettext } from "language/gettext.js";

const THANKS_MS = 1_500;

export function dressCode(body) {
  for (const wide of body.querySelectorAll("pre, table")) wide.tabIndex = 0;
  for (const pre of body.querySelectorAll(":not(.code-block) > pre")) wrap(pre);
}

function wrap(pre) {
  const block = make("div", "code-block");
  pre.replaceWith(block);
  block.append(pre, make("div", "code-bar", languageOf(pre), copyButton(pre)));
}

function languageOf(pre) {
  const code = pre.querySelector("code") ?? pre;
  return pre.dataset.language ?? /language-([\w+#-]+)/.exec(code.className)?.[1] ?? "";
}

function copyButton(pre) {
  const button = makeButton("quiet icon-only small", icon("copy"));
  button.setAttribute("aria-label", gettext("Copy code"));
  button.title = gettext("Copy code");
  button.addEventListener("click", () => copy(pre.textContent, button));
  return button;
}

async function copy(text, button) {
  if (!(await isCopied(text))) return toast(NOT_COPIED);
  showIcon(button.firstElementChild, "check");
  setTimeout(() => showIcon(button.firstElementChild, "copy"), THANKS_MS);
}
