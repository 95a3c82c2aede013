// Hands each incoming frame of a room to the part that it concerns.
//
//   mode    "live" or "degraded", as the server last said
//   events  "mode", "refused" (an entry of the outbox, perhaps only for now), "notice" (detail: an error about no entry of the
//           outbox), "system" (detail: message)

import { messageIn } from "messaging/words.js";

export class Incoming extends EventTarget {
  #room;
  #delivery;
  #outgoing;
  #pages;

  mode = "live";

  constructor({ room, delivery, outgoing, pages }) {
    super();
    this.#room = room;
    this.#delivery = delivery;
    this.#outgoing = outgoing;
    this.#pages = pages;
    room.stream.addEventListener("change", ({ detail }) => this.#changed(detail));
    room.stream.addEventListener("other", ({ detail }) => this.#hear(detail));
  }

  // Apply a frame of a change to the timeline.
  apply(frame) {
    this.#room.pins.hear(frame);
    switch (frame.type) {
      case "message_deleted":
        this.#room.timeline.tombstone(frame);
        break;
      case "messages_cleared":
        this.#room.timeline.clear(frame);
        break;
      case "chat_message":
      case "new_comment":
      case "message_changed":
        this.#heardSaid(frame);
    }
    this.#outgoing.settle();
  }

  #changed(frame) {
    this.#pages.note(frame);
    this.apply(frame);
  }

  #heardSaid(frame) {
    const message = messageIn(frame);
    this.#room.timeline.upsert(frame);
    this.#room.typists.end(message.user_id);
    this.#outgoing.recognise([message]);
    if (message.kind === "system") this.#say("system", message);
  }

  #hear(frame) {
    const { reading, typists, presence } = this.#room;
    switch (frame.type) {
      case "welcome":
        return this.#welcomed(frame);
      case "ack":
        return this.#delivery.arrived(frame.client_id, frame);
      case "error":
        return this.#complained(frame);
      case "mode":
        return this.#modeIs(frame.mode);
      case "message_marked_read":
        return reading.hear(frame);
      case "user_typing":
      case "user_stop_typing":
        return typists.hear(frame);
      case "presence_update":
        return presence.hear(frame);
      case "user_join":
        return presence.came(frame);
      case "user_leave":
        typists.end(frame.user_id);
        return presence.left(frame);
    }
  }

  #welcomed({ limits, mode, read_seq, reads, pins }) {
    this.#room.pins.welcomed(pins);
    this.#delivery.limit(limits);
    this.#room.presence.restart();
    this.#room.reading.welcomed({ read_seq, reads });
    this.#modeIs(mode);
  }

  #modeIs(mode) {
    this.mode = mode;
    this.#say("mode");
  }

  #complained(frame) {
    if (!frame.client_id || !this.#room.outbox.entry(frame.client_id)) return this.#say("notice", frame);
    this.#delivery.refused(frame);
    this.#say("refused");
  }

  #say(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
