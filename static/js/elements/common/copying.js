// Copies a text for somebody, and says whether it is copied.
import { make } from "elements/common/make.js";
import { toast } from "elements/common/toast.js";
import { gettext } from "language/gettext.js";

export const NOT_COPIED = gettext("It could not be copied.");

export async function copy(text, thanks = gettext("Copied.")) {
  toast((await isCopied(text)) ? thanks : NOT_COPIED);
}

// Without https a page has no clipboard, and may still copy what is selected.
export async function isCopied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return isCopiedBeside(document.activeElement, text);
  }
}

// Nothing that is open beside what has the focus closes while that is elsewhere for a moment.
function isCopiedBeside(focused, text) {
  const field = make("textarea", "");
  Object.assign(field, { value: text, readOnly: true }); // so that no keys come up on a phone
  Object.assign(field.style, { position: "fixed", top: 0, opacity: 0 });
  focused.after(field);
  field.focus({ preventScroll: true });
  field.select();
  const isDone = document.execCommand("copy");
  focused.focus({ preventScroll: true });
  field.remove();
  return isDone;
}
