// Lets the browser's inbox hear what each of several people was told, and says how it stands in the end.
//
//   stdin: [{me, frames, states: {conversation id: the conversation_state that answers a refresh}}]
//   stdout: [{unread: on the bell, conversations: {id: how it is shown}}]
import { text } from "node:stream/consumers";
import "./bare-names.js";
import { FakeClock } from "./cast.js";

const SHOWN = ["unread", "mentions", "last_seq", "revision", "level", "name", "favourite"];
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
  const shown = [...inbox.conversations.values()].map((one) => [one.conversation_id, Object.fromEntries(SHOWN.map((name) => [name, one[name]]))]);
  return { unread: inbox.notificationsUnread, conversations: Object.fromEntries(shown) };
}

const told = JSON.parse(await text(process.stdin));
process.stdout.write(JSON.stringify(told.map(replayed)));
