// What becomes of a page whose line was refused: to sign-in, or out of what is not ours to see.
import { NOT_YOURS, SIGNED_OUT } from "live/close-codes.js";

export function onRefusal(code, wayOut) {
  if (code === SIGNED_OUT) location.assign(`/accounts/login/?next=${encodeURIComponent(location.pathname)}`);
  if (code === NOT_YOURS) location.assign(wayOut);
}
