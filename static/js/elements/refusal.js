// What becomes of a page whose line was refused: to sign-in, or out of what is not ours to see, with a word on why.
import { toast } from "elements/page/toast.js";
import { NOT_YOURS, SIGNED_OUT } from "live/close-codes.js";

const PARTING = "prizmai-parting"; // the word, on its way to the next page

let isLeaving = false;

export function onRefusal(code, wayOut, words = "") {
  if (isLeaving) return;
  if (code === SIGNED_OUT) location.assign(`/accounts/login/?next=${encodeURIComponent(location.pathname)}`);
  if (code !== NOT_YOURS) return;
  if (words) sessionStorage.setItem(PARTING, words);
  location.assign(wayOut);
}

// Whoever signs out knows why the lines are cut, and is on the way already.
export function leaveInPeace() {
  isLeaving = true;
}

const parting = sessionStorage.getItem(PARTING);
sessionStorage.removeItem(PARTING);
if (parting) setTimeout(() => toast(parting));
