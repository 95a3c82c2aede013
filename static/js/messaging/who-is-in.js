// Who is in a conversation and what I may do there, by now: whoever shows it holds these very objects, so they are changed
// in place.

// `data`: what a room was made of; `fresh`: the same, as the server has it.
export function takeWhoIsIn({ room, data }, { members, may }) {
  data.members.splice(0, data.members.length, ...members);
  Object.assign(data.may, may, { readers: members.length > 1 });
  room.reading.dispatchEvent(new Event("change"));
}
