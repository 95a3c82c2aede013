// What was done on this page is taken back, the latest first: by the button of a toast, or by Ctrl+Z (⌘Z) on the board.
import { isUnanswered } from "boards/requests.js";
import { TakingBack } from "boards/taking-back.js";
import { keepFocus } from "elements/common/focus.js";
import { makeButton } from "elements/common/make.js";
import { toast } from "elements/common/toast.js";
import { isWriting } from "elements/keys/keys.js";
import { isShortcut } from "elements/keys/shortcut.js";
import { gettext } from "language/gettext.js";

const MOST = 50;
const LATE_MS = 1_500; // then somebody is told that it goes on

export class BoardUndo {
  #root;
  #board;
  #done = []; // {title, back}
  #offer = null; // the toast that offers it
  #work = Promise.resolve();

  constructor(root, board) {
    this.#root = root;
    this.#board = board;
    this.back = new TakingBack((...asked) => board.send(...asked));
    document.addEventListener("keydown", (event) => this.#pressed(event), { signal: board.signal });
    board.signal.addEventListener("abort", () => this.#offer?.remove());
  }

  // `words` say what was done to the card of this title; `back()` takes it back, as boards/taking-back.js has it.
  did(words, title, back) {
    this.#done = [...this.#done.slice(1 - MOST), { title, back }];
    const button = makeButton("small", gettext("Undo"));
    button.addEventListener("click", () => this.#undo());
    this.#offer?.remove();
    this.#offer = toast(words, button);
  }

  #pressed(event) {
    const { key, shiftKey, altKey, target } = event;
    if (key.toLowerCase() !== "z" || !isShortcut(event) || shiftKey || altKey) return;
    const isOnBoard = target === document.body || target.closest(".main") !== null;
    if (!isOnBoard || isWriting(target) || this.#root.querySelector("[data-lifted]") || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    this.#undo();
  }

  // One after another, however fast they are asked for.
  #undo() {
    this.#work = this.#work.then(() => this.#undoLast());
  }

  async #undoLast() {
    const last = this.#done.pop();
    keepFocus(() => this.#offer?.remove());
    if (!last) return void toast(gettext("Nothing is left to undo."));
    const late = setTimeout(() => toast(gettext("{title} is put back as soon as the server answers.", last)), LATE_MS);
    try {
      this.#board.columns.show(await last.back());
      toast(gettext("Undone: {title} is as it was.", last));
    } catch (error) {
      if (isUnanswered(error)) this.#done.push(last);
      this.#board.trouble(error.message);
    } finally {
      clearTimeout(late);
    }
  }
}
