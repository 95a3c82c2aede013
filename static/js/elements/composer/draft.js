// The draft of one conversation in its text field: kept with every key, and taken over from elsewhere when nobody writes in it
// here. To have the focus is not to write: it stands in the field from the beginning.
export class Draft {
  #field;
  #drafts;
  #id;
  #show;
  #isInHand = false; // whether somebody has written since they came to the field
  #isOlder = false; // whether something else was written elsewhere meanwhile

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
    this.#isInHand = true;
    this.#drafts.keep(this.#id, draft);
  }

  // It was posted, but for what is `left`: nobody is to go on with it elsewhere.
  giveUp(left) {
    this.keep({ text: left, reply_to: null });
    this.#isInHand = false;
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
    this.#isInHand = false;
  }

  get #isInUse() {
    return this.#isInHand && document.hasFocus() && document.activeElement === this.#field;
  }
}
