// What a text needs only once somebody writes it: completion, marks, pasting, the bar, emoji and files. It is loaded when
// the page has come to rest, so that a cut line takes none of it away.
import { Commands } from "elements/composer/commands.js";
import { commandsOf, completions } from "elements/composer/completing/completions.js";
import { startFormatBar } from "elements/composer/format-bar.js";
import { LongText } from "elements/composer/long-text.js";
import { listenToPastes } from "elements/composer/pasting.js";
import { takeLineBreak, takeShortcut } from "elements/composer/shortcuts.js";
import { type } from "elements/composer/type.js";
import { pickEmoji } from "elements/emoji/picker.js";
export { isLaid, trayOf } from "elements/composer/trays.js";
export { isCallMeant } from "elements/composer/calls.js";
export { countCalled } from "elements/composer/completing/completions.js";

export class Tools {
  #field;
  #commands;
  #completion;
  #long;

  // `data`: the conversation; `talkers()`: who spoke here, the latest first; `tray`: of files.
  constructor(composer, { field, data, talkers, tray }) {
    this.#field = field;
    this.#commands = new Commands({ data, ask: () => commandsOf(data) });
    this.#completion = completions(field, data, talkers, [this.#commands.source]);
    this.#long = new LongText(field, { before: composer.querySelector(".composer-row"), tray });
    listenToPastes(field, { offerFile: (pasted) => this.#long.offer(pasted) });
    const [format, emoji] = ["format", "emoji"].map((action) => composer.querySelector(`[data-action=${action}]`));
    startFormatBar(field, { button: format, before: composer.querySelector(".composer-row") });
    emoji.addEventListener("click", () => this.#pick(emoji));
    for (const button of [format, emoji]) button.hidden = false;
  }

  // Whether the key was for one of us.
  take(event) {
    return this.#completion.take(event) || takeShortcut(this.#field, event) || takeLineBreak(this.#field, event);
  }

  // Resolves to {name, words} when the text is a command.
  commandIn(text) {
    return this.#commands.meantBy(text);
  }

  // The text was said.
  rest() {
    this.#completion.close();
    this.#long.close();
  }

  // `limit` characters are as many as a message may have.
  checkLength(length, limit) {
    this.#long.check(length, limit);
  }

  async #pick(button) {
    const { selectionStart: start, selectionEnd: end } = this.#field;
    const emoji = await pickEmoji(button);
    if (emoji) type(this.#field, emoji, { start, end });
  }
}
