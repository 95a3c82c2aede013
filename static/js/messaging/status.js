// The status of a line in words: what the connection is, how far the stream is, and how much waits to be sent; and whether that
// would be lost with the page.

const COLOURS = { connected: "good", offline: "bad", disconnected: "bad" }; // anything else is on its way: "warn"

// {state, colour, words, attempt, retryAt, waiting, canRetry, error}. `state`: connected, connecting, reconnecting,
// catching up, offline, disconnected. `words` begin with the state. `error`: a sentence, or null.
export function statusOf({ connection, stream, waiting = 0, isKept = true, error = null }) {
  const state = stateOf(connection, stream, error);
  const words = [titled(state), state === "reconnecting" ? `(${connection.attempt})` : "", waitingWords(state, waiting, isKept)];
  return {
    state,
    colour: COLOURS[state] ?? "warn",
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

function titled(state) {
  return state[0].toUpperCase() + state.slice(1);
}

// While all is well a message waits too short a time to speak of it.
function waitingWords(state, waiting, isKept) {
  if (!waiting || state === "connected") return "";
  return `\u00b7 ${waiting} ${waiting === 1 ? "message" : "messages"} waiting${isKept ? "" : ", kept in this tab only"}`;
}
