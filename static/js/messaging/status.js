// The status of a conversation in words: of its connection and stream, whether the server can save what it is sent, how much
// waits to be sent, and whether that would be lost with the page.

import { gettext, ngettext } from "language/gettext.js";

const WORDS = {
  connected: gettext("Connected"),
  connecting: gettext("Connecting"),
  reconnecting: gettext("Reconnecting"),
  "catching up": gettext("Catching up"),
  offline: gettext("Offline"),
  disconnected: gettext("Disconnected"),
};
const COLOURS = { offline: "bad", disconnected: "bad" }; // other states pass by themselves: "warn"

// {state, colour, words, attempt, retryAt, waiting, canRetry, error}. `state`: connected, connecting, reconnecting,
// catching up, offline, disconnected. `words` begin with the state. `error`: a sentence, or null.
export function statusOf({ connection, stream, waiting = 0, isKept = true, canSave = true, error = null }) {
  const state = stateOf(connection, stream, error);
  const isWell = state === "connected" && canSave;
  const words = [WORDS[state], state === "reconnecting" ? `(${connection.attempt})` : ""];
  if (state === "connected" && !canSave) words.push(`\u00b7 ${gettext("nothing can be saved at the moment")}`);
  if (waiting && !isWell) words.push(waitingWords(waiting, isKept)); // else it is sent in a moment
  return {
    state,
    colour: isWell ? "good" : COLOURS[state] ?? "warn",
    words: words.filter(Boolean).join(" "),
    attempt: connection.attempt,
    retryAt: connection.retryAt,
    waiting,
    canRetry: ["reconnecting", "offline", "disconnected"].includes(state),
    error,
  };
}

function stateOf(connection, stream, error) {
  if (error || connection.state === "refused") return "disconnected";
  if (connection.state === "closed") return "connecting"; // it is about to be opened
  if (connection.state !== "open") return connection.state;
  return !stream || stream.state === "live" ? "connected" : "catching up";
}

function waitingWords(waiting, isKept) {
  const words = isKept
    ? ngettext("{count} message waiting", "{count} messages waiting", waiting)
    : ngettext("{count} message waiting, kept in this tab only", "{count} messages waiting, kept in this tab only", waiting);
  return `\u00b7 ${words}`;
}
