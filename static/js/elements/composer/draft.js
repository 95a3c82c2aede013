// The draft of one conversation in its text field: kept with every key, and taken over from elsewhere when nobody is at it.
export class Draft {
  #field;
  #drafts;
  #id;
  #show;
  #isOlder = false; // whether something else was written elsewhere while somebody is at this field

  // `show({text, reply_to})` puts it into the field and around it.
  constructor({ field, drafts, id, show, signal }) {
    Object.assign(this, { read: () => drafts.read(id) });
    this.#field = field;
    this.#drafts = drafts;
    this.#id = id;
    this.#show = show;
    drafts.addEventListener("told", ({ detail }) => detail.conversation_id === id && this.#told(), { signal });
    field.addEventListener("blur", () => this.#left(), { signal });
    signal.addEventListener("abort", () => drafts.hurry());
  }

  keep(draft) {
    this.#isOlder = false;
    this.#drafts.keep(this.#id, draft);
  }

  // It was posted: nobody is to go on with it elsewhere.
  giveUp() {
    this.keep({ text: "", reply_to: null });
    this.#drafts.hurry();
  }

  #told() {
    this.#isOlder = this.#isInUse && this.read().text !== this.#field.value;
    if (!this.#isOlder) this.#show(this.read());
  }

  #left() {
    this.#drafts.hurry();
    if (this.#isOlder) this.#show(this.read());
    this.#isOlder = false;
  }

  get #isInUse() {
    return document.hasFocus() && document.activeElement === this.#field;
  }
}
