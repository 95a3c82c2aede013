// Where a message of mine, or a new wording of it, is on its way: nothing once it is there, the reason if it failed.
import { icon } from "elements/common/icon.js";
import { make, makeButton } from "elements/common/make.js";
import { gettext } from "language/gettext.js";

const CHOICES = { retry: gettext("Retry"), "edit-failed": gettext("Edit"), discard: gettext("Discard") };

export function isUnderWay({ state, edit }) {
  return (edit?.state ?? state) !== "sent";
}

export function drawState(line, { state: sent, reason: why, retryable, edit, attachments = [], deleted_at: deleted }) {
  const { state, reason } = edit ?? { state: sent, reason: why };
  const isLaden = attachments.some(({ url }) => !url);
  const words = wordsFor(edit);
  const shown = `${state} ${reason} ${words} ${isLaden} ${Boolean(deleted)}`;
  if (line.shown === shown) return;
  line.shown = shown;
  if (state === "failed") line.replaceChildren(icon("circle-alert"), failure(reason, edit), ...buttons(edit ? !deleted : retryable !== false));
  else line.replaceChildren(icon("clock"), make("span", "", words), ...(isLaden ? [button("discard", gettext("Cancel"))] : []));
}

function wordsFor(edit) {
  if (!edit) return gettext("Sending");
  return edit.text === null ? gettext("Deleting") : gettext("Saving");
}

function failure(reason, edit) {
  const why = { reason: reason ?? gettext("something went wrong") };
  return edit ? gettext("Change not saved: {reason}", why) : gettext("Not sent: {reason}", why);
}

function buttons(canRetry) {
  return Object.entries(CHOICES)
    .filter(([action]) => canRetry || action !== "retry")
    .map(([action, words]) => button(action, words));
}

function button(action, words) {
  const made = makeButton("small", words);
  made.dataset.action = action;
  return made;
}
