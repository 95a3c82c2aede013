// Where a message of mine is on its way: a clock while it travels, nothing once it is there, the reason if it failed.
import { icon } from "elements/icon.js";

const CHOICES = { retry: "Retry", "edit-failed": "Edit", discard: "Discard" };

// Whether there is anything to say.
export function drawState(line, { state, reason }) {
  const shown = `${state} ${reason}`;
  if (line.shown === shown) return isWorthSaying(state);
  line.shown = shown;
  if (state === "sending") line.replaceChildren(icon("clock"), "Sending");
  if (state === "failed") line.replaceChildren(icon("circle-alert"), `Not sent: ${reason ?? "something went wrong"}`, ...buttons());
  return isWorthSaying(state);
}

function isWorthSaying(state) {
  return state === "sending" || state === "failed";
}

function buttons() {
  return Object.entries(CHOICES).map(([action, words]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.dataset.action = action;
    button.textContent = words;
    return button;
  });
}
