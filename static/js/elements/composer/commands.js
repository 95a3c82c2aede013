// Commands: what is done by a word after a slash at the very beginning of a text. A text that begins with any other word, or
// with a space, is but a text. So are the commands for which webhooks listen, which are said, and come before ours of that name.
import { icon } from "elements/common/icon.js";
import { make } from "elements/common/make.js";
import { gettext } from "language/gettext.js";

const WRITTEN = /^(\/\S+)(?:\s+(\S[\s\S]*))?\s*$/;
const inRoom = ({ kind }) => kind === "room";

// {name, wants: what follows it, if something must; words: what it does; sign: its icon; fits(data): whether it means something there}
const OURS = [
  { name: "card", wants: gettext("title"), words: gettext("Say it, and make a card of it"), sign: "square-kanban" },
  { name: "dm", wants: gettext("@name"), words: gettext("Talk to somebody directly"), sign: "user-plus" },
  { name: "invite", wants: gettext("@name"), words: gettext("Ask somebody into this room"), sign: "users", fits: (data) => inRoom(data) && data.may.manage },
  { name: "later", wants: gettext("message"), words: gettext("Send it at another time"), sign: "calendar-clock" },
  { name: "leave", words: gettext("Leave this room"), sign: "log-out", fits: inRoom },
  { name: "mute", words: gettext("Hear nothing from here"), sign: "bell" },
  { name: "search", wants: gettext("words"), words: gettext("Search in this conversation"), sign: "search" },
  { name: "unmute", words: gettext("Hear from here again"), sign: "bell" },
];

export class Commands {
  #data;
  #ask;
  #asked = null;

  // `data`: the conversation; `ask()` resolves to [{word, name}]: what webhooks listen for there, and who answers.
  constructor({ data, ask }) {
    this.#data = data;
    this.#ask = ask;
  }

  // For elements/composer/completing/completion.js.
  get source() {
    return {
      begun: /^\/(\S{0,40})$/,
      label: gettext("Commands"),
      find: async (words) => (await this.#all()).filter(({ name }) => name.startsWith(words.toLowerCase())).map((one) => ({ ...one, text: `/${one.name}` })),
      draw: ({ name, wants, words, sign }) => [icon(sign), make("span", "name", `/${name}${wants ? ` ${wants}` : ""}`), make("span", "command-words truncate", words)],
      isWhole: (words, { name, wants }) => !wants && words.toLowerCase() === name,
    };
  }

  // Resolves to {name, words} of what is to be done, or to null when the text is to be said.
  async meantBy(text) {
    const [, word = "", words = ""] = WRITTEN.exec(text) ?? [];
    const command = (await this.#all()).find(({ name }) => `/${name}` === word.toLowerCase());
    return command && !command.isSaid && Boolean(command.wants) === Boolean(words) ? { name: command.name, words: words.trim() } : null;
  }

  async #all() {
    this.#asked ??= this.#ask().then((told) => told ?? ((this.#asked = null), []));
    const theirs = (await this.#asked).map(({ word, name }) => ({ name: word.slice(1).toLowerCase(), words: name, sign: "bot", isSaid: true }));
    const ours = OURS.filter(({ name, fits }) => (fits?.(this.#data) ?? true) && !theirs.some((one) => one.name === name));
    return [...theirs, ...ours];
  }
}
