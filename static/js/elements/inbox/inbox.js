// The inbox on every page: badges, sidebar, bell, presence dots and the title follow it.
import { isAttended, onAttention } from "elements/page/attention.js";
import { onRefusal } from "elements/page/refusal.js";
import { gettext } from "language/gettext.js";
import { Inbox } from "messaging/inbox.js";

const PRESENCE = { active: gettext("Active"), away: gettext("Away"), offline: gettext("Last seen just now") };

export class InboxPage {
  here = null; // the id of the conversation shown, if any
  #isLeftUnread = false; // something in it was marked unread, and nobody has come back to it yet
  #title = document.title;
  #sidebar = document.querySelector("sidebar-places");

  // `connection`: of the inbox, to be opened when this stands.
  constructor({ userId, outbox, connection, drafts }) {
    this.connection = connection;
    this.inbox = new Inbox({ me: { id: userId }, connection, known: peopleDrawn(), readSeq: (id) => readIn(outbox, id) });
    outbox.addEventListener("change", () => this.inbox.countAnew());
    this.#sidebar?.start({ inbox: this.inbox, userId, drafts, drawn: () => this.#showAll() });
    this.#listen();
  }

  // Another page is shown. `here`: the id of its conversation, if it is of one; `title`: what it is called.
  turnTo({ here, title }) {
    this.here = here;
    this.#isLeftUnread = false;
    this.#title = title;
    this.#showTitle();
    this.#sidebar?.turnTo(here);
    this.showAll();
  }

  get favourites() {
    return this.#sidebar?.favourites;
  }

  showAll() {
    if (!this.inbox.isReady) return;
    this.#sidebar?.draw();
    this.#showAll();
  }

  #showAll() {
    for (const badge of document.querySelectorAll("unread-badge")) this.#showBadge(badge);
    this.#showBell();
    this.#showTitle();
    this.#showPresence();
  }

  #listen() {
    const hear = (part, name, listener) => part.addEventListener(name, ({ detail }) => listener(detail));
    hear(this.connection, "refused", ({ code }) => onRefusal(code, "/accounts/login/"));
    hear(this.inbox, "state", () => this.showAll());
    hear(this.inbox, "left", () => this.showAll());
    hear(this.inbox, "boards", () => this.#sidebar?.draw());
    hear(this.inbox, "change", (conversation) => this.#changed(conversation));
    hear(this.inbox, "notification", (frame) => this.#rows?.add?.(frame));
    hear(this.inbox, "notifications", (read) => this.#notifications(read));
    hear(this.inbox.presence, "change", () => this.#showPresence());
    onAttention(() => this.#leaveUnread(false));
    document.addEventListener("ask", ({ detail: { action } }) => action === "mark-unread" && this.#leaveUnread(true));
    document.addEventListener("toggle", () => this.#showPresence(), { capture: true }); // a person's card was opened
  }

  get #rows() {
    return document.querySelector("notification-rows");
  }

  #changed(conversation) {
    const { conversation_id: id, task_id: taskId } = conversation;
    const badges = [`[data-conversation="${id}"]`, taskId && `[data-task="${taskId}"]`].filter(Boolean).map((which) => `unread-badge${which}`);
    for (const badge of document.querySelectorAll(badges.join())) this.#showBadge(badge);
    if (id === this.here && conversation.kind === "direct") this.#title = `${conversation.name} · PrizmAI`;
    this.#showTitle();
    this.#sidebar?.draw();
  }

  #leaveUnread(isLeftUnread) {
    this.#isLeftUnread = isLeftUnread;
    this.showAll();
  }

  // What is being looked at is not unread, even if the server has not heard so yet; unless it is to be.
  #seen(conversation) {
    const isLookedAt = conversation?.conversation_id === this.here && isAttended();
    return isLookedAt && !this.#isLeftUnread ? undefined : conversation;
  }

  #showBadge(badge) {
    const { conversation: id, task } = badge.dataset;
    const found = task ? this.inbox.conversationOfTask(Number(task)) : this.inbox.conversation(Number(id));
    const shown = this.#seen(found);
    badge.show?.(shown);
    badge.closest(".sidebar-link, .row")?.toggleAttribute("data-unread", (shown?.unread ?? 0) > 0);
  }

  #notifications({ ids }) {
    this.#showBell();
    if (ids.length > 0 || this.inbox.notificationsUnread === 0) this.#rows?.read?.(ids);
  }

  #showBell() {
    for (const bell of document.querySelectorAll("inbox-bell")) bell.show(this.inbox.notificationsUnread);
  }

  #showTitle() {
    const unread = this.inbox.totalUnread - (this.#seen(this.inbox.conversation(this.here)) ? 0 : this.inbox.unread(this.here));
    document.title = unread > 0 ? `(${unread}) ${this.#title}` : this.#title;
  }

  #showPresence() {
    for (const dot of document.querySelectorAll(".presence[data-presence]")) {
      if (!dot.closest("people-list")) dot.dataset.status = this.inbox.presence.statusOf(Number(dot.dataset.presence));
    }
    for (const words of document.querySelectorAll("[data-presence-words]")) this.#sayPresence(words);
  }

  // Until they are here the words are the server's: when they were last seen.
  #sayPresence(words) {
    const status = this.inbox.presence.statusOf(Number(words.dataset.presenceWords));
    if (status === "offline" && !words.dataset.status) return;
    words.dataset.status = status;
    words.textContent = PRESENCE[status];
  }
}

// How far one has read in a conversation, by what waits to be told; 0 where nothing does.
function readIn(outbox, id) {
  const told = outbox.waiting(id).filter(({ wish, state }) => wish === "read" && state === "waiting");
  return Math.max(0, ...told.map(({ seq }) => seq));
}

// {board id: people_revision} by which the page was drawn.
function peopleDrawn() {
  const boards = [...document.querySelectorAll("section[data-board][data-people]")];
  return new Map(boards.map(({ dataset: { board, people } }) => [Number(board), Number(people)]));
}
