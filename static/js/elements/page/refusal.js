// What becomes of a page whose line was refused: to sign-in, or out of what is not ours to see, with a word on why.
import { toast } from "elements/common/toast.js";
import { FORBIDDEN, SIGNED_OUT } from "live/close-codes.js";

const PARTING = "prizmai-parting"; // the word, on its way to the next page

let isLeaving = false;

export function onRefusal(code, wayOut, words = "") {
  if (isLeaving) return;
  if (code === SIGNED_OUT) location.assign(`/accounts/login/?next=${encodeURIComponent(location.pathname)}`);
  if (code !== FORBIDDEN) return;
  if (words) withStorage((storage) => storage.setItem(PARTING, words));
  location.assign(wayOut);
}

// Whoever signs out knows why the lines are cut, and is on the way already.
export function leaveInPeace() {
  isLeaving = true;
}

// Where there is no storage, the word is not said.
function withStorage(use) {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}

const parting = withStorage((storage) => storage.getItem(PARTING));
withStorage((storage) => storage.removeItem(PARTING));
if (parting) setTimeout(() => toast(parting));
