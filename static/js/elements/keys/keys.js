// The keys that work anywhere on a page; those that belong to a part of it are listed in elements/keys/key-sheet.js.
import { toast } from "elements/common/toast.js";
import { isShortcut } from "elements/keys/shortcut.js";
import { isIdle } from "elements/keys/single-keys.js";
import { placesShown } from "elements/sidebar/places-shown.js";
import { gettext } from "language/gettext.js";
import { pgettext } from "language/pgettext.js";

const CHORD_MS = 1_200; // after g, for the letter that says where to
const NEVER = -Infinity; // a page's clock begins at nought when it begins to load

export class Keys {
  #inbox;
  #visits;
  #recent = [];
  #chord = NEVER; // when g was pressed

  // `inbox`: the page's; `visits`: how one goes from page to page.
  constructor({ inbox, visits }) {
    this.#inbox = inbox;
    this.#visits = visits;
    document.addEventListener("keydown", (event) => this.#pressed(event));
    document.addEventListener("click", ({ target }) => target.closest("[data-palette]") && this.openPalette());
  }

  // {keys as shown, code as pressed, words, icon, typing: also while one writes, fits: null where it means nothing, run}
  actions = [
    { keys: ["Ctrl", "K"], code: "mod+k", words: gettext("Find or go to"), typing: true, run: () => this.openPalette() },
    { keys: ["?"], code: "?", words: gettext("Show the keys"), icon: "keyboard", run: () => this.#openSheet() },
    { keys: ["Ctrl", "/"], code: "mod+/", words: gettext("Show the keys, also while writing"), typing: true, isSpare: true, run: () => this.#openSheet() },
    { keys: ["n"], code: "n", words: gettext("To the next unread"), icon: "arrow-down", run: () => this.#toUnread(1) },
    { keys: ["Shift", "N"], code: "shift+n", words: gettext("To the unread before"), icon: "arrow-up", run: () => this.#toUnread(-1) },
    { keys: ["Alt", "↓"], code: "alt+arrowdown", words: gettext("To the next conversation"), typing: true, isSpare: true, run: () => this.#toPlace(1) },
    { keys: ["Alt", "↑"], code: "alt+arrowup", words: gettext("To the conversation before"), typing: true, isSpare: true, run: () => this.#toPlace(-1) },
    { keys: ["Alt", "Shift", "↓"], code: "alt+shift+arrowdown", words: gettext("To the next unread, also while writing"), typing: true, isSpare: true, run: () => this.#toUnread(1) },
    { keys: ["Alt", "Shift", "↑"], code: "alt+shift+arrowup", words: gettext("To the unread before, also while writing"), typing: true, isSpare: true, run: () => this.#toUnread(-1) },
    { keys: ["/"], code: "/", words: pgettext("verb", "Search"), icon: "search", run: () => this.#search() },
    { keys: ["Ctrl", "F"], code: "mod+f", words: gettext("Search in this conversation"), typing: true, isSpare: true, fits: () => this.#inbox.here, run: () => this.#searchHere() },
    { keys: ["g", "h"], code: "g h", words: gettext("Catch up"), icon: "inbox", run: () => this.#go("/messaging/") },
    { keys: ["g", "n"], code: "g n", words: gettext("Notifications"), icon: "bell", run: () => this.#go("/messaging/notifications/") },
    { keys: ["g", "b"], code: "g b", words: gettext("Boards"), icon: "square-kanban", run: () => this.#go("/boards/") },
    { keys: ["c"], code: "c", words: gettext("Write"), icon: "pencil", run: () => document.querySelector("chat-composer")?.focus() },
    { keys: ["s"], code: "s", words: gettext("Star this conversation, or not"), icon: "star", run: () => this.#star() },
  ];

  async openPalette() {
    const { Palette } = await import("elements/keys/palette/palette.js");
    if (document.querySelector("dialog[open]")) return;
    const actions = this.actions.filter(({ isSpare, code }) => !isSpare && code !== "mod+k");
    new Palette({ inbox: this.#inbox.inbox, recent: this.#recent.filter((id) => id !== this.#inbox.here), actions, go: (address) => this.#visits.go(address), expect: (address) => this.#visits.expect(address) });
  }

  // Where one has been lately is likely where one wants to go.
  note(here) {
    if (here) this.#recent = [here, ...this.#recent.filter((one) => one !== here)].slice(0, 30);
  }

  #pressed(event) {
    if (event.defaultPrevented || event.isComposing || isIdle(event) || document.querySelector("dialog[open]")) return;
    const code = this.#codeOf(event);
    const action = this.actions.find((one) => one.code === code);
    if (!action || (isWriting(event.target) && !action.typing) || action.fits?.() === null) return;
    event.preventDefault();
    action.run();
  }

  // "mod+k", "shift+n", "?"; after a g "g h".
  #codeOf(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey, timeStamp } = event;
    const isLetter = key.length === 1;
    const isOther = (ctrlKey || metaKey) && !isShortcut(event); // it is the system's own
    const held = [isShortcut(event) && "mod", isOther && "other", altKey && "alt", shiftKey && (!isLetter || /\p{L}/u.test(key)) && "shift"].filter(Boolean);
    const code = [...held, key.toLowerCase()].join("+");
    const isAfterG = timeStamp - this.#chord < CHORD_MS;
    this.#chord = code === "g" && !isWriting(event.target) ? timeStamp : NEVER;
    return isAfterG ? `g ${code}` : code;
  }

  async #openSheet() {
    const { openKeySheet } = await import("elements/keys/key-sheet.js");
    openKeySheet(this.actions);
  }

  #search() {
    const field = document.getElementById("search-text");
    if (field) field.focus();
    else this.#go("/messaging/search/");
  }

  // The browser's own search sees only the messages that are on the page.
  async #searchHere() {
    const { inWords } = await import("elements/search/in-words.js");
    const place = this.#inbox.inbox.conversation(this.#inbox.here);
    if (place) this.#go(`/messaging/search/?${new URLSearchParams({ q: `${inWords(place, this.#inbox.inbox)} ` })}`);
  }

  #go(address, focus = "page") {
    return this.#visits.go(address, { focus });
  }

  #star() {
    const { here, favourites } = this.#inbox;
    if (here) favourites?.toggle(here);
  }

  #toUnread(step) {
    const places = this.#placesFrom(step);
    const next = places.find((place) => place.unread > 0 && place.level !== "nothing");
    if (next) this.#go(next.url);
    else toast(gettext("Everything is read."));
  }

  // Whoever was writing goes on writing there.
  #toPlace(step) {
    const [next] = this.#placesFrom(step);
    if (next) this.#go(next.url, isWriting(document.activeElement) ? "text" : "page");
  }

  // All others as they stand in the sidebar, from the one shown on.
  #placesFrom(step) {
    const shown = placesShown(this.#inbox.inbox);
    const places = step > 0 ? shown : shown.reverse();
    const at = places.findIndex(({ conversation_id: id }) => id === this.#inbox.here);
    return [...places.slice(at + 1), ...places.slice(0, Math.max(0, at))];
  }
}

export function isWriting(element) {
  return Boolean(element?.closest?.("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable]"));
}
