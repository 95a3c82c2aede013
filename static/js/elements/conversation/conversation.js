// A conversation's page: its room, and the elements that show it and ask things of it.
import "elements/composer/chat-composer.js";
import "elements/timeline/chat-timeline.js";
import "elements/conversation/typing-line.js";
import { showComposer } from "elements/conversation/composing.js";
import { painted } from "elements/common/painted.js";
import { onRefusal } from "elements/page/refusal.js";
import { toast } from "elements/common/toast.js";
import { TimelinePages } from "elements/timeline/pages.js";
import { gettext } from "language/gettext.js";
import { Room } from "messaging/room.js";

const answering = () => import("elements/conversation/answering.js");
let answer = (...asked) => answering().then((module) => module.answer(...asked)); // until it has come, then at once
painted().then(answering).then((module) => { answer = module.answer; }, () => {});

export function startAtOnce({ signal, outbox, drafts }) {
  const [data, messages] = ["conversation", "messages"].map((id) => JSON.parse(document.getElementById(id).textContent));
  const room = new Room({ data, messages, outbox });
  showComposer(document.querySelector("chat-composer"), { room, data, drafts });
  showState(document.querySelector("connection-status"), room);
  const showPresence = showPeople(room);
  showPins(room);
  showTimeline(document.querySelector("chat-timeline"), room, data); // it measures, so what may change its height comes before
  room.addEventListener("refused", ({ detail }) => onRefusal(detail.code, data.kind === "task" ? "/boards/" : "/messaging/", gettext("You are not in “{name}” any more.", data)));
  room.addEventListener("notice", ({ detail }) => toast(detail.detail));
  room.addEventListener("system", ({ detail }) => import("elements/conversation/conversation-changed.js").then(({ showChange }) => signal.aborted || showChange(detail.event ?? {}, { showPresence, room, data, drafts, signal })));
  document.addEventListener("people", ({ detail }) => import("elements/people/in-room.js").then(({ showInRoom }) => signal.aborted || showInRoom({ room, data }, detail)), { signal });
  signal.addEventListener("abort", () => room.close());
  document.addEventListener("visibilitychange", () => document.hidden && room.tellRead(), { signal }); // and so is a page that is left
  room.open(painted());
}

function showTimeline(timeline, room, data) {
  const { me, may, members, read_seq: readSeq } = data;
  const nameOf = (id) => [...members, ...room.timeline.messages].find(({ user_id: one }) => one === id)?.display_name ?? gettext("someone");
  may.readers = members.length > 1;
  timeline.start({ model: room.timeline, pages: new TimelinePages(room), me, may, nameOf, readSeq });
  timeline.addEventListener("read", ({ detail }) => room.markRead(detail.message));
  timeline.addEventListener("ask", ({ detail }) => answer(detail, room, data));
}

function showState(status, room) {
  status.show(room.status);
  status.addEventListener("retry", () => room.retryNow());
  room.addEventListener("status", ({ detail }) => status.show(detail));
}

function showPeople(room) {
  const list = document.querySelector("people-list");
  const show = () => list && import("elements/conversation/people-list.js").then(() => list.show(room.presence.people));
  room.presence.addEventListener("change", show);
  return show;
}

function showPins({ pins }) {
  const link = document.querySelector("a[data-pins]");
  if (!link) return;
  pins.addEventListener("change", () => {
    link.hidden = pins.ids.size === 0;
    link.querySelector(".count").textContent = pins.ids.size;
  });
}
