// The pins of a conversation: which messages are pinned, also those that no page shows.
//
//   event "change"
export class Pins extends EventTarget {
  ids = new Set();

  welcomed(ids = []) {
    this.ids = new Set(ids);
    this.#changed();
  }

  // Any change of a message, or of all.
  hear({ type, message_id: id, pinned }) {
    if (type === "messages_cleared") for (const one of [...this.ids]) one > id || this.ids.delete(one);
    else if (pinned) this.ids.add(id);
    else if (!this.ids.delete(id)) return;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
