// Sending a form about a board without leaving the page; the server answers by JSON.

import { gettext } from "language/gettext.js";
import { patience } from "live/patience.js";

export const NO_ANSWER = gettext("The server did not answer, so it is not known whether this was done. Please try again.");
export const OFFLINE = gettext("You are offline, so this was not done. Please try again when you are back online.");

// Resolves with the answer; rejects with a sentence for the person.
export async function send(url, fields, { token, fetch = globalThis.fetch, isOffline = globalThis.navigator?.onLine === false }) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== null) body.append(name, value);
  const headers = { "X-CSRFToken": token, Accept: "application/json" };
  const response = await fetch(url, { method: "POST", body, headers, signal: patience() }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (response?.ok && answer) return answer;
  throw new Error(answer?.error ?? (response || !isOffline ? sentenceFor(response?.status) : OFFLINE));
}

// Whether this error means that there was no answer, so that the request may be tried again.
export function isUnanswered({ message }) {
  return message === NO_ANSWER || message === OFFLINE;
}

function sentenceFor(status) {
  if (status === 404) return gettext("That is no longer on this board.");
  if (status === 403) return gettext("You may not do that here. Reload the page, and try again.");
  return NO_ANSWER;
}
