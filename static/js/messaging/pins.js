// Which messages of a conversation are pinned, including those that are not loaded.
//
//   event "change"
export class Pins extends EventTarget {
  ids = new Set();

  welcomed(ids = []) {
    this.ids = new Set(ids);
    this.#changed();
  }

  // A frame of a change of one message, or of a clearing.
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
