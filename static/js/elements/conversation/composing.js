// The composer of a conversation's page, and what is said and typed in it.
import { makeRoomForKeys } from "elements/conversation/keyboard-room.js";

makeRoomForKeys();

export function showComposer(composer, { room, data, drafts }) {
  if (!composer) return;
  composer.start({ data, drafts, talkers: () => talkersIn(room) });
  composer.addEventListener("say", ({ detail: { text, reply_to: replyTo, files, asCard } }) => {
    const key = room.say(text, { replyTo, files });
    if (asCard) import("elements/cards/making.js").then(({ makeCardOf }) => makeCardOf(key, room));
  });
  composer.addEventListener("typing", () => room.typing());
  composer.addEventListener("stop-typing", () => room.stopTyping());
  composer.addEventListener("edit-last", () => document.querySelector("chat-timeline").editLast().then(() => composer.focus()));
  composer.addEventListener("to-messages", () => document.querySelector("chat-timeline").takeFocus());
  showAnswered(composer, room);
  showTypists(composer.querySelector("typing-line"), room);
  showFate(composer, room, data);
}

function talkersIn({ timeline }) {
  return [...new Set(timeline.messages.map(({ user_id: id }) => id).reverse())];
}

function showAnswered(composer, { timeline }) {
  const answered = timeline.withId(composer.written.replyTo?.message_id);
  if (answered) composer.hear(answered);
  timeline.addEventListener("put", ({ detail }) => composer.hear(detail.message));
}

function showTypists(line, { typists }) {
  typists.addEventListener("change", () => line.show(typists.people.map(({ display_name: name }) => name)));
}

function showFate(composer, room, data) {
  const readBy = composer.querySelector("read-by");
  const show = () => {
    composer.showFate({ waiting: isWell(room) ? 0 : room.status.waiting });
    import("elements/conversation/read-by.js").then(() => readBy.show(room, data));
  };
  room.addEventListener("status", show);
  room.reading.addEventListener("change", show);
  for (const change of ["put", "reset"]) room.timeline.addEventListener(change, show);
}

function isWell(room) {
  return room.status.colour === "good";
}
