// What can be done with a message, in the order in which it is offered: the key that does it, what it is called, how it looks.
import { ACTIONS } from "elements/timeline/hand/keys.js";
import { gettext } from "language/gettext.js";

const LOOKS = {
  react: [gettext("React"), "smile-plus"],
  reply: [gettext("Reply"), "reply"],
  edit: [gettext("Edit"), "pencil"],
  save: [gettext("Save for later"), "bookmark"],
  remind: [gettext("Remind me"), "alarm-clock"],
  forward: [gettext("Forward"), "forward"],
  card: [gettext("Make a card"), "square-kanban"],
  pin: [gettext("Pin for everybody"), "pin"],
  "copy-link": [gettext("Copy link"), "link"],
  "copy-text": [gettext("Copy text"), "copy"],
  "mark-unread": [gettext("Mark unread from here"), "mail"],
  readers: [gettext("Who has read it"), "eye"],
  delete: [gettext("Delete"), "trash-2"],
};

export const ON_A_MESSAGE = Object.entries(ACTIONS).map(([keys, action]) => ({ keys, action, words: LOOKS[action][0], icon: LOOKS[action][1] }));
