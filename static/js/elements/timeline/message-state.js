// Where a message of mine, or a new wording of it, is on its way: nothing once it is there, the reason if it failed.
import { icon } from "elements/icon.js";
import { make, makeButton } from "elements/make.js";

const CHOICES = { retry: "Retry", "edit-failed": "Edit", discard: "Discard" };

// Whether there is anything to say.
export function drawState(line, { state: sent, reason: why, retryable, edit }) {
  const { state, reason } = edit ?? { state: sent, reason: why };
  const shown = `${state} ${reason} ${Boolean(edit)}`;
  if (line.shown === shown) return state !== "sent";
  line.shown = shown;
  if (state === "failed") line.replaceChildren(icon("circle-alert"), failure(reason, edit), ...buttons(edit || retryable !== false));
  else if (state !== "sent") line.replaceChildren(icon("clock"), make("span", "", edit ? "Saving" : "Sending"));
  return state !== "sent";
}

function failure(reason, edit) {
  return `${edit ? "Change not saved" : "Not sent"}: ${reason ?? "something went wrong"}`;
}

function buttons(canRetry) {
  return Object.entries(CHOICES)
    .filter(([action]) => canRetry || action !== "retry")
    .map(([action, words]) => {
      const button = makeButton("small", words);
      button.dataset.action = action;
      return button;
    });
}
