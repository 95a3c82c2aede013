// Updates who is in a conversation, and what I may do there. The objects are changed in place, because elements hold them.

// `data`: what the room was made of; the second argument: the same, as the server has it now.
export function takeWhoIsIn({ room, data }, { members, may }) {
  data.members.splice(0, data.members.length, ...members);
  Object.assign(data.may, may, { readers: members.length > 1 });
  room.reading.dispatchEvent(new Event("change"));
}
