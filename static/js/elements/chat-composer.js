// The composer: it always takes text, keeps the draft, and says what is to be said.
//
//   says "say" {text, reply_to, attachments};  "typing", "stop-typing";  "edit-last"
import { Draft } from "elements/composer/draft.js";
import { catchFiles } from "elements/composer/file-catcher.js";
import { FileTray } from "elements/composer/file-tray.js";
import { MentionList } from "elements/composer/mention-list.js";

export class ChatComposer extends HTMLElement {
  #form = this.querySelector("form");
  #field = this.querySelector("textarea");
  #replyBar = this.querySelector(".composer-reply");
  #send = this.querySelector(".composer-send");
  #fate = this.querySelector("[data-fate]");
  #tray;
  #mentions;
  #draft;
  #replyTo = null; // {message_id, seq, display_name, excerpt}

  start({ me, id, members, files_url: filesUrl }) {
    this.#draft = new Draft({ userId: me.id, conversationId: id });
    this.#mentions = new MentionList(this.#field, members.filter(({ user_id: userId }) => userId !== me.id));
    this.#tray = new FileTray(this.querySelector(".composer-files"), { pattern: this.querySelector("[data-pattern=file]"), url: filesUrl });
    this.#tray.addEventListener("change", () => this.#refresh());
    this.#field.required = false; // a file alone is a message too
    this.#listen();
    this.#restore();
  }

  focus() {
    this.#field.focus();
  }

  // The bar above the text says what is answered; the text stays.
  reply(message) {
    this.#showReply({ message_id: message.id, seq: message.seq, display_name: message.display_name, excerpt: message.message.slice(0, 200) });
    this.#keep();
    this.focus();
  }

  // A message that could not be sent comes back to be mended, before what is being written.
  takeBack({ text, reply_to: replyTo, attachments = [] }) {
    this.#field.value = [text, this.#field.value].filter(Boolean).join("\n");
    if (replyTo) this.#showReply(replyTo);
    this.#tray.putBack(attachments);
    this.#changed();
    this.focus();
  }

  // Below at the end: what waits to be sent, else who has read what I said last.
  showFate({ waiting, readers }) {
    this.#fate.textContent = waiting > 0 ? `${waiting} waiting to be sent` : readers;
  }

  #listen() {
    this.#form.addEventListener("submit", (event) => this.#submit(event));
    this.#field.addEventListener("keydown", (event) => this.#pressed(event));
    this.#field.addEventListener("input", () => this.#typed());
    this.querySelector("[data-action=no-reply]").addEventListener("click", () => this.#forgetReply());
    const [button, input] = [this.querySelector("[data-action=attach]"), this.querySelector("[type=file]")];
    const area = this.closest(".conversation") ?? this;
    catchFiles(this, { button, input, field: this.#field, area, take: (files) => this.#tray.add(files) });
  }

  #restore() {
    const { text = "", reply_to: replyTo } = this.#draft.read();
    this.#field.value ||= text;
    if (replyTo) this.#showReply(replyTo);
    this.#refresh();
  }

  #pressed(event) {
    if (event.isComposing) return;
    if (this.#mentions.take(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) this.#submit(event);
    else if (event.key === "ArrowUp" && this.#field.value === "") this.#say("edit-last", event);
    else if (event.key === "Escape" && this.#replyTo) this.#forgetReply();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#field.value.trim();
    if (this.#tray.isBusy || (!text && this.#tray.files.length === 0)) return;
    const detail = { text, reply_to: this.#replyTo, attachments: this.#tray.take() };
    this.#field.value = "";
    this.#mentions.close();
    this.#hideReply();
    this.#keep();
    this.#refresh();
    this.dispatchEvent(new CustomEvent("say", { detail }));
    this.focus();
  }

  #typed() {
    this.#changed();
    this.#say(this.#field.value.trim() ? "typing" : "stop-typing");
  }

  #changed() {
    this.#keep();
    this.#refresh();
  }

  #keep() {
    this.#draft.keep({ text: this.#field.value, reply_to: this.#replyTo });
  }

  #refresh() {
    this.#send.disabled = this.#tray.isBusy || (!this.#field.value.trim() && this.#tray.files.length === 0);
    if (!CSS.supports("field-sizing", "content")) this.#grow();
  }

  #grow() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
  }

  #showReply(replyTo) {
    this.#replyTo = replyTo;
    this.#replyBar.hidden = false;
    this.#replyBar.querySelector(".truncate").textContent = `Replying to ${replyTo.display_name}: ${replyTo.excerpt}`;
  }

  #hideReply() {
    this.#replyTo = null;
    this.#replyBar.hidden = true;
  }

  #forgetReply() {
    this.#hideReply();
    this.#keep();
    this.focus();
  }

  #say(name, event) {
    event?.preventDefault();
    this.dispatchEvent(new Event(name));
  }
}

customElements.define("chat-composer", ChatComposer);
