// The composer: it always takes text, keeps the draft, and says what is to be said.
//
//   says "say" {text, reply_to, files, asCard?};  "command" {name, words};  "typing", "stop-typing";  "edit-last";
//        "to-messages" (somebody turns to them)
import { atRest } from "elements/common/at-rest.js";
import { toast } from "elements/common/toast.js";
import { Draft } from "elements/composer/draft.js";
import { catchFiles } from "elements/composer/file-catcher.js";
import { ReplyBar } from "elements/composer/reply-bar.js";
import { sends, TOUCH } from "elements/keys/touch.js";
import { gettext, locale, ngettext } from "language/gettext.js";

const LIMIT = 8_000; // characters of a message
const NEARLY = 0.9; // of the limit, from where it is counted aloud
const CALL = /@(room|here)\b/i; // interrupts many people, and is asked about
const COMMAND = /^\/[a-z]/i; // is perhaps to be done, not said

let tools = null; // the module, once it is here

export class ChatComposer extends HTMLElement {
  about; // {data: the conversation, talkers: see below}
  #form = this.querySelector("form");
  #field = this.querySelector("textarea");
  #send = this.querySelector(".composer-send");
  #fate = this.querySelector("[data-fate]");
  #count = this.querySelector("[data-count]");
  #replyBar = new ReplyBar(this.querySelector(".composer-reply"), { given: () => this.#forgetReply() });
  #leaving = new AbortController();
  #draft;
  #loading = null; // the tools, once somebody needs them
  #tools = null;
  #tray = null;
  #isMeant = null;

  // `drafts`: messaging/drafts.js. `talkers()`: ids of who spoke here, the latest first.
  start({ data, drafts, talkers }) {
    this.about = { data, talkers };
    const show = (draft) => this.#show(draft);
    this.#draft = new Draft({ field: this.#field, drafts, id: data.id, show, signal: this.#leaving.signal });
    this.#field.required = false; // a file alone is a message too
    this.#field.removeAttribute("maxlength"); // what is too long is not cut, but offered as a file
    this.#field.enterKeyHint = TOUCH.matches ? "enter" : "send";
    this.#listen();
    if (tools?.isLaid(data.id)) this.#loading = Promise.resolve(this.#equip(tools));
    const typed = this.#field.value; // before there was a script
    show(this.#draft.read());
    if (typed) this.#goOnWith(typed);
    atRest().then(() => this.#load());
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  focus() {
    this.#field.focus({ preventScroll: true }); // it is in sight
  }

  // The bar above the text says what is answered; the text stays.
  reply(message) {
    this.#replyBar.answer(message);
    this.#keep();
    this.focus();
  }

  // Somebody changed a message, or took it back: what is answered may be that.
  hear(message) {
    if (this.#replyBar.hear(message)) this.#keep();
  }

  // What is being written, for whoever sends it at another time, and then clears it.
  get written() {
    return { text: this.#maySend ? this.#field.value.trim() : "", replyTo: this.#replyBar.answered, hasFiles: !(this.#tray?.isEmpty ?? true) };
  }

  // Resolves to whether it may be said: whoever calls many people is asked.
  async isMeant(text) {
    return !CALL.test(text) || !(await this.#load()) || this.#isMeant(text);
  }

  clear() {
    this.#setText("");
    this.#replyBar.show(null);
    this.#tools?.rest();
    this.#draft.giveUp(this.#whole);
    this.#refresh();
    this.focus();
  }

  // A message that could not be sent comes back to be mended, before what is being written.
  async takeBack({ text, reply_to: replyTo, files = [] }) {
    this.#setText([text, this.#field.value].filter(Boolean).join("\n"));
    if (replyTo) this.#replyBar.show(replyTo);
    this.#changed();
    this.focus();
    if (files.length) (await this.#load()) && this.#tray.putBack(files);
  }

  // Below at the end: what waits to be sent.
  showFate({ waiting }) {
    this.#fate.textContent = waiting > 0 ? ngettext("{count} waiting to be sent", "{count} waiting to be sent", waiting) : "";
  }

  // It comes after what was begun earlier.
  #goOnWith(typed) {
    if (this.#field.value !== typed) this.#setText([this.#field.value, typed].filter(Boolean).join("\n"));
    this.#changed();
  }

  #listen() {
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#field.addEventListener("keydown", (event) => this.#pressed(event));
    this.#field.addEventListener("input", () => this.#typed());
    this.#field.addEventListener("focus", () => this.#load(), { once: true });
    this.querySelector(".composer-row").addEventListener("mousedown", (event) => this.#press(event));
    this.querySelector(".composer-row").addEventListener("click", (event) => this.#tools ?? this.#clickAgain(event.target));
    this.querySelector("[data-action=later]")?.addEventListener("click", () => this.dispatchEvent(new Event("send-later", { bubbles: true })));
    const [button, input] = [this.querySelector("[data-action=attach]"), this.querySelector("[type=file]")];
    const area = this.closest(".conversation") ?? this;
    catchFiles(this, { button, input, field: this.#field, area, take: (files) => this.#attach(files) });
  }

  // Resolves to whether the tools are here: while the line is cut they may not be.
  #load() {
    const here = (module) => this.isConnected && this.#equip((tools = module));
    this.#loading ??= import("elements/composer/tools.js").then(here, () => ((this.#loading = null), false));
    return this.#loading;
  }

  #equip({ Tools, trayOf, isCallMeant, countCalled }) {
    const { data, talkers } = this.about;
    const { signal } = this.#leaving;
    const tray = (this.#tray = trayOf(data, this, signal));
    tray.addEventListener("change", () => this.#refresh(), { signal });
    tray.addEventListener("dropped", ({ detail: text }) => this.takeBack({ text }), { signal });
    this.#tools = new Tools(this, { field: this.#field, data, talkers, tray });
    this.#isMeant = (text) => isCallMeant(text, () => countCalled(data));
    this.#refresh();
    return true;
  }

  // A button leaves the focus where it is: a phone keeps its keys, and the row does not change its shape under a finger.
  #press(event) {
    if (event.target.closest("button")) event.preventDefault();
  }

  // Once the tools are here that it is for.
  async #clickAgain(target) {
    const button = target.closest("[data-action=format], [data-action=emoji]");
    if (button && (await this.#load())) button.click();
  }

  async #attach(files) {
    if (await this.#load()) this.#tray.add(files);
    else toast(gettext("Files can be attached once there is a connection."));
  }

  #pressed(event) {
    if (event.isComposing || event.keyCode === 229) return; // a word that is still being put together
    const { key } = event;
    if (this.#tools?.take(event)) event.preventDefault();
    else if (sends(event)) this.#submit(event);
    else if (key === "ArrowUp" && this.#isEmpty && !this.#replyBar.answered) this.#say("edit-last", event);
    else if (key === "Escape" && this.#replyBar.answered) this.#forgetReply();
    else if (key === "Escape" && !document.querySelector(":popover-open")) this.#say("to-messages", event);
  }

  get #isEmpty() {
    return this.#field.value === "" && (this.#tray?.isEmpty ?? true);
  }

  get #maySend() {
    const { value } = this.#field;
    const hasFiles = !(this.#tray?.isEmpty ?? true);
    return value.trim() ? value.length <= LIMIT || [...value].length <= LIMIT : hasFiles;
  }

  async #submit(event) {
    event.preventDefault();
    if (!this.#maySend) return;
    const text = this.#field.value.trim();
    if (COMMAND.test(this.#field.value) && (await this.#obeys(text))) return;
    if (CALL.test(text) && !(await this.isMeant(text))) return this.focus();
    if (this.#field.value.trim() !== text || !this.#maySend) return; // twice Enter
    const detail = { text, reply_to: this.#replyBar.answered, files: this.#tray?.take() ?? [] };
    this.clear();
    this.dispatchEvent(new CustomEvent("say", { detail }));
  }

  // Whether it was a command, which goes with its text.
  async #obeys(text) {
    const command = (await this.#load()) && (await this.#tools.commandIn(text));
    if (!command || this.#field.value.trim() !== text) return Boolean(command);
    this.clear();
    this.dispatchEvent(new CustomEvent("command", { detail: command, bubbles: true }));
    return true;
  }

  #typed() {
    this.#changed();
    const { value } = this.#field;
    this.#say(value.trim() && !COMMAND.test(value) ? "typing" : "stop-typing");
  }

  #changed() {
    this.#keep();
    this.#refresh();
  }

  #keep() {
    this.#draft.keep({ text: this.#whole, reply_to: this.#replyBar.answered });
  }

  // With what became a file, as long as it is not said.
  get #whole() {
    const { value } = this.#field;
    return this.#tray?.withTexts(value) ?? value;
  }

  #show({ text: whole, reply_to: replyTo }) {
    const text = this.#tray?.withoutTexts(whole) ?? whole;
    if (this.#field.value !== text) this.#setText(text);
    this.#replyBar.show(replyTo);
    this.#refresh();
  }

  #setText(text) {
    this.#field.value = text;
  }

  #refresh() {
    const { length } = this.#field.value;
    this.#send.disabled = !this.#maySend;
    this.#count.textContent = length > LIMIT * NEARLY ? `${length.toLocaleString(locale)} / ${LIMIT.toLocaleString(locale)}` : "";
    this.#tools?.checkLength(length, LIMIT);
    if (!CSS.supports("field-sizing", "content")) this.#grow();
  }

  #grow() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
  }

  #forgetReply() {
    this.#replyBar.show(null);
    this.#keep();
    this.focus();
  }

  #say(name, event) {
    event?.preventDefault();
    this.dispatchEvent(new Event(name));
  }
}

customElements.define("chat-composer", ChatComposer);
