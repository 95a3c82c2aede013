// What becomes of a page whose line was refused: to sign-in, or out of what is not ours to see.
import { NOT_YOURS, SIGNED_OUT } from "live/close-codes.js";

let isLeaving = false;

export function onRefusal(code, wayOut) {
  if (isLeaving) return;
  if (code === SIGNED_OUT) location.assign(`/accounts/login/?next=${encodeURIComponent(location.pathname)}`);
  if (code === NOT_YOURS) location.assign(wayOut);
}

// Whoever signs out knows why the lines are cut, and is on the way already.
export function leaveInPeace() {
  isLeaving = true;
}
