// What only some pages need is fetched when it first stands on one: by what it is for.
//
// On every page that a part stands on, its startPage({signal, outbox, connection, drafts, inbox}) is called, if it has one;
// or startAtOnce() with all but the inbox, for what cannot wait for that. Elements look after themselves.
const PARTS = {
  "board-live": () => import("elements/board/board-live.js"),
  "catch-up": () => import("elements/inbox/catch-up.js"),
  "chat-timeline": () => import("elements/conversation/conversation.js"),
  "notification-rows": () => import("elements/inbox/notification-rows.js"),
  "search-page": () => import("elements/search/search-page.js"),
  "living-part": () => import("elements/page/living-part.js"),
  "install-hint": () => import("elements/page/install-hint.js"),
  "copy-link": () => import("elements/common/copy-link.js"),
  "task-checklist": () => import("elements/cards/checklist/task-checklist.js"),
  "push-switch": () => import("elements/told/push-switch.js"),
  "[data-kept]": () => import("elements/kept/clocks.js"),
  "[data-words-of]": () => import("elements/cards/words-begun.js"),
};

// Resolves to the modules of all that stands on this page.
export function partsOf(page) {
  const needed = Object.keys(PARTS).filter((tag) => page.querySelector(tag));
  return Promise.all(needed.map((tag) => PARTS[tag]()));
}
