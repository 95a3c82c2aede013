// What only some pages need is fetched when it first stands on one: by what it is for.
//
// A part that exports startPage({signal, outbox, connection, inbox, drafts}) is called on every page that it stands on; elements look after
// themselves.
const PARTS = {
  "#hub-places": () => import("elements/page/places.js"),
  "board-live": () => import("elements/board-live.js"),
  "chat-timeline": () => import("elements/page/conversation.js"),
  "notification-rows": () => import("elements/notification-rows.js"),
  "search-page": () => import("elements/search/search-page.js"),
  "push-switch": () => import("elements/push-switch.js"),
};

// Resolves to the modules of all that stands on this page.
export function partsOf(page) {
  const needed = Object.keys(PARTS).filter((tag) => page.querySelector(tag));
  return Promise.all(needed.map((tag) => PARTS[tag]()));
}
