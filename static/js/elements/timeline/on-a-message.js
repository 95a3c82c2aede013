// What can be done with a message, in the order in which it is offered: the key that does it, what it is called, how it looks.
import { ACTIONS } from "elements/timeline/keys.js";

const LOOKS = {
  react: ["React", "smile-plus"],
  reply: ["Reply", "reply"],
  edit: ["Edit", "pencil"],
  save: ["Save for later", "bookmark"],
  remind: ["Remind me", "alarm-clock"],
  forward: ["Forward", "forward"],
  card: ["Make a card", "square-kanban"],
  pin: ["Pin for everybody", "pin"],
  "copy-link": ["Copy link", "link"],
  "copy-text": ["Copy text", "copy"],
  "mark-unread": ["Mark unread from here", "mail"],
  readers: ["Who has read it", "eye"],
  delete: ["Delete", "trash-2"],
};

export const ON_A_MESSAGE = Object.entries(ACTIONS).map(([keys, action]) => ({ keys, action, words: LOOKS[action][0], icon: LOOKS[action][1] }));
