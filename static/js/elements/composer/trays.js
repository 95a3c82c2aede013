// The trays of all conversations: what was put into one lies there again when one comes back. They live as long as the page
// does, so whoever leaves that with something in them is asked first.
import { FileTray } from "elements/composer/file-tray.js";

const trays = new Map(); // conversation id -> tray

// The tray of a conversation, in this composer until `signal`.
export function trayOf({ id, files_url: url }, composer, signal) {
  const tray = trays.get(id) ?? begun(id, url);
  tray.show(composer.querySelector(".composer-files"), composer.querySelector("[data-pattern=file]"));
  signal.addEventListener("abort", () => tray.putAway());
  return tray;
}

// Whether something lies in it, be it refused.
export function isLaid(id) {
  return Boolean(trays.get(id)?.hasRows);
}

// Whether something waits to be said, in any conversation.
export function isAnyFilled() {
  return [...trays.values()].some(({ isEmpty }) => !isEmpty);
}

export function forgetTrays() {
  trays.clear();
  guard();
}

function begun(id, url) {
  const tray = new FileTray(url);
  trays.set(id, tray);
  tray.addEventListener("change", guard);
  return tray;
}

function guard() {
  window[isAnyFilled() ? "addEventListener" : "removeEventListener"]("beforeunload", askFirst);
}

function askFirst(event) {
  event.preventDefault();
}

window.addEventListener("online", () => {
  for (const tray of trays.values()) tray.tryAgain();
});
