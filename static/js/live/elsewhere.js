// What waits for a conversation whose page is not open goes by POST, in order, one after another.

import { gettext } from "language/gettext.js";
import { patience } from "live/patience.js";

export const LATER_S = 30; // when the server does not say

// Send by POST what waits for conversations other than `here()`, which may be another while it goes on. Resolves to the
// seconds after which to try again, or null.
export async function flushElsewhere(outbox, { here = () => null, fetch = globalThis.fetch, csrfToken }) {
  await outbox.ready;
  const due = () => outbox.due().filter((entry) => entry.post && entry.conversation_id !== here());
  if (due().length === 0) return null;
  return outbox.alone("elsewhere", () => postAll({ due, outbox, fetch, csrfToken }));
}

async function postAll({ due, outbox, fetch, csrfToken }) {
  const stuck = new Map(); // conversation -> seconds: what follows there must not overtake
  for (let entry = next(due(), stuck); entry; entry = next(due(), stuck)) {
    const verdict = await post(entry, fetch, csrfToken);
    if (verdict.ack) await outbox.remove(entry.client_id, verdict.ack);
    else if (verdict.refusal) await outbox.fail(entry.client_id, verdict.refusal);
    else {
      if (verdict.isFault) await outbox.faulted(entry.client_id);
      if (outbox.entry(entry.client_id)?.state === "waiting") stuck.set(entry.conversation_id, verdict.later);
    }
    if (verdict.isForAll) return verdict.later;
  }
  return stuck.size ? Math.min(...stuck.values()) : null;
}

function next(entries, stuck) {
  return entries.find((entry) => !stuck.has(entry.conversation_id));
}

async function post({ post: { url, body } }, fetch, csrfToken) {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken };
  const signal = patience(); // other tabs wait behind one that hangs
  try {
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body), redirect: "manual", signal });
    return await judged(response);
  } catch {
    return { later: LATER_S, isForAll: true }; // no network, or no answer
  }
}

// Signed out, a stale token and a server in trouble concern the moment, not the message; 500 perhaps the message.
async function judged(response) {
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return { ack: answer };
  const { detail, temporary, retry_after: wait } = answer ?? {};
  const isMessageRefused = [400, 404, 409, 410, 413, 422].includes(response.status) || (response.status === 403 && answer);
  if (isMessageRefused && !temporary) return { refusal: detail ?? gettext("This could not be sent.") };
  const later = wait ?? (Number(response.headers.get("Retry-After")) || LATER_S);
  return { later, isForAll: response.status !== 429 && response.status < 500, isFault: response.status === 500 };
}
