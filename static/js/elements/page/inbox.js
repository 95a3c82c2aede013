// The inbox on every page: badges, sidebar, bell, presence dots and the title follow it.
import { isAttended, onAttention } from "elements/page/attention.js";
import { Places } from "elements/page/places.js";
import { onRefusal } from "elements/refusal.js";
import { Connection } from "live/connection.js";
import { Inbox } from "messaging/inbox.js";

const title = document.title;

// `here`: the id of the conversation that this page shows, if any.
export function startInbox({ userId, here = null }) {
  const connection = new Connection({ url: "/ws/inbox/" });
  const inbox = new Inbox({ me: { id: userId }, connection });
  const page = new InboxPage(inbox, here);
  connection.addEventListener("refused", ({ detail }) => onRefusal(detail.code, "/accounts/login/"));
  onAttention(() => page.showAll());
  connection.open();
  return { inbox, connection };
}

class InboxPage {
  #inbox;
  #here;
  #places;

  constructor(inbox, here) {
    this.#inbox = inbox;
    this.#here = here;
    this.#places = new Places(inbox, () => this.#showAll());
    inbox.addEventListener("state", () => this.showAll());
    inbox.addEventListener("change", ({ detail }) => this.#changed(detail));
    inbox.addEventListener("left", () => this.showAll());
    inbox.addEventListener("said", ({ detail }) => this.#said(detail));
    inbox.addEventListener("notification", ({ detail }) => this.#rows?.add(detail));
    inbox.addEventListener("notifications", ({ detail }) => this.#notifications(detail));
    inbox.presence.addEventListener("change", () => this.#showPresence());
  }

  showAll() {
    if (!this.#inbox.isReady) return;
    this.#showAll();
    this.#places.check();
  }

  #showAll() {
    for (const badge of document.querySelectorAll("unread-badge")) this.#showBadge(badge);
    this.#showBell();
    this.#showTitle();
    this.#showPresence();
  }

  get #rows() {
    return document.querySelector("notification-rows");
  }

  #changed(conversation) {
    const { conversation_id: id, task_id: taskId } = conversation;
    const badges = [`[data-conversation="${id}"]`, taskId && `[data-task="${taskId}"]`].filter(Boolean).map((which) => `unread-badge${which}`);
    for (const badge of document.querySelectorAll(badges.join())) this.#showBadge(badge);
    this.#showTitle();
    this.#places.check();
  }

  #said({ conversation_id: id, event }) {
    if (event?.what !== "renamed" || !event.name) return;
    this.#inbox.conversation(id).name = event.name; // every later "change" brings it along
    this.#places.check();
  }

  // What is being looked at is not unread, even if the server has not heard so yet.
  #seen(conversation) {
    return conversation?.conversation_id === this.#here && isAttended() ? undefined : conversation;
  }

  #showBadge(badge) {
    const { conversation: id, task } = badge.dataset;
    const found = task ? this.#inbox.conversationOfTask(Number(task)) : this.#inbox.conversation(Number(id));
    const shown = this.#seen(found);
    badge.show?.(shown);
    badge.closest(".sidebar-link, .row")?.toggleAttribute("data-unread", (shown?.unread ?? 0) > 0);
  }

  #notifications({ ids }) {
    this.#showBell();
    if (ids.length > 0 || this.#inbox.notificationsUnread === 0) this.#rows?.read(ids);
  }

  #showBell() {
    for (const bell of document.querySelectorAll("inbox-bell")) bell.show(this.#inbox.notificationsUnread);
  }

  #showTitle() {
    const unread = this.#inbox.totalUnread - (this.#seen(this.#inbox.conversation(this.#here)) ? 0 : this.#inbox.unread(this.#here));
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
  }

  #showPresence() {
    for (const dot of document.querySelectorAll(".presence[data-presence]")) {
      if (!dot.closest("people-list")) dot.dataset.status = this.#inbox.presence.statusOf(Number(dot.dataset.presence));
    }
  }
}
