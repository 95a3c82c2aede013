// Lets the browser's inbox hear what each of several people was told, and says what it counts in the end.
//
//   stdin: [{me, frames, states: {conversation id: the conversation_state that answers a refresh}}]
//   stdout: [{conversation id: [unread, mentions]}]
import { text } from "node:stream/consumers";
import "./bare-names.js";
import { FakeClock } from "./cast.js";

const { Inbox } = await import("messaging/inbox.js");

function replayed({ me, frames, states }) {
  const [connection, clock, asked] = [new EventTarget(), new FakeClock(), []];
  connection.send = ({ conversation_id: id }) => asked.push(id);
  const inbox = new Inbox({ me: { id: me }, connection, clock });
  const hear = (frame) => connection.dispatchEvent(new CustomEvent("frame", { detail: frame }));
  frames.forEach(hear);
  for (let round = 0; round < 3; round += 1) {
    clock.pass(5_000);
    for (const id of asked.splice(0)) if (states[id]) hear(states[id]);
  }
  return Object.fromEntries([...inbox.conversations.values()].map(({ conversation_id: id, unread, mentions }) => [id, [unread, mentions]]));
}

const told = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(told.map(replayed)));
