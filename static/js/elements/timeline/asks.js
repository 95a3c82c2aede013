// What a reader asks of a message, by pointer or key, said as one event.
export class TimelineAsks {
  #timeline;
  #actions;

  constructor(timeline, { list, actions }) {
    this.#timeline = timeline;
    this.#actions = actions;
    list.addEventListener("click", (event) => this.#clicked(event));
  }

  offers(action, message) {
    return this.#actions.offers(message, action);
  }

  // All there is to do with a message; under a `finger` it is a sheet.
  async choose(row, button = row.firstElementChild, finger) {
    const { chooseAction } = await import("elements/timeline/message/menu.js");
    const offers = (action) => this.offers(action, row.message);
    const chosen = await chooseAction(button, { offers, words: (action) => this.#actions.words(row.message, action), finger, row });
    if (chosen?.emoji) this.#say({ action: "react", message: row.message, emoji: chosen.emoji, on: true });
    else if (chosen) this.act(chosen.action, row);
  }

  async act(action, row, button = row.firstElementChild) {
    if (action === "more") return this.choose(row, button);
    if (!isAboutFailed(action) && !this.offers(action, row.message)) return;
    const detail = await this.#details(action, row, button);
    if (detail) this.#say({ action, message: row.message, ...detail });
  }

  // What must be known first, which may make it another action; null when the reader thought better of it.
  async #details(action, row, button) {
    if (action === "react") return this.#chosenEmoji(row, button);
    if (action === "edit") return this.#timeline.edit(row, row.message.message);
    if (action === "pin") return { on: !row.message.pinned };
    if (action === "delete") return this.#deletion();
    return {};
  }

  async #deletion() {
    const { isDeletionMeant } = await import("elements/timeline/message/deletion.js");
    return (await isDeletionMeant()) ? {} : null;
  }

  async #chosenEmoji(row, button) {
    const { pickEmoji } = await import("elements/emoji/picker.js");
    const emoji = await pickEmoji(button);
    return emoji && { emoji, on: true };
  }

  #clicked(event) {
    const row = event.target.closest(".message");
    const button = event.target.closest("button");
    if (button?.dataset.action) this.act(button.dataset.action, row, button);
    else if (button?.dataset.emoji) this.#pressed(button, row);
    else this.#followed(event);
  }

  #pressed({ dataset: { emoji }, ariaPressed }, row) {
    if (this.offers("react", row.message)) this.#say({ action: "react", message: row.message, emoji, on: ariaPressed !== "true" });
  }

  #followed(event) {
    const edited = event.target.closest("a.message-edited");
    if (edited && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      return this.#say({ action: "history", message: edited.closest(".message").message, url: edited.href });
    }
    const quote = event.target.closest("a.message-quote");
    if (!quote || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const { message_id: id, seq } = quote.closest(".message").message.reply_to;
    this.#timeline.jumpTo(id, seq);
  }

  #say(detail) {
    this.#timeline.dispatchEvent(new CustomEvent("ask", { bubbles: true, detail }));
  }
}

function isAboutFailed(action) {
  return action === "retry" || action === "discard" || action === "edit-failed";
}
