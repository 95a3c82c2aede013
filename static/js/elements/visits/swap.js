// One page takes the place of another within the frame; sidebar and lines stay as they are.
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const LATEST_MS = 25; // in which a transition must have begun, or none is shown any more: nobody waits to see something move
let isInTime = true;

// Resolves when `change` has been made, and is seen coming where the browser can show that.
export async function shown(change) {
  if (!document.startViewTransition || STILL.matches || document.hidden || !isInTime) return change();
  const asked = performance.now();
  const transition = document.startViewTransition(() => {
    isInTime = performance.now() - asked < LATEST_MS;
    return change();
  });
  transition.ready.catch(() => {}); // another visit was quicker
  transition.finished.catch(() => {});
  await transition.updateCallbackDone;
}

// `page`: as elements/visits/page-fetcher.js has it.
export function swap({ kind, header, main, panel }) {
  document.activeElement?.blur(); // taking a focused element away has the browser style the page, which is not the last time
  closeWhatFloats();
  const frame = document.querySelector(".app");
  frame.querySelector(":scope > .header").replaceWith(header);
  frame.querySelector(":scope > .main").replaceWith(main);
  frame.querySelector(":scope > .panel")?.remove();
  if (panel) frame.append(panel);
  document.body.dataset.page = kind;
  markSidebar();
  requestAnimationFrame(() => document.querySelector(".app > .sidebar [aria-current]")?.scrollIntoView({ block: "nearest" })); // not before it is laid out anyway
}

// Questions and pickers are about the page that goes.
function closeWhatFloats() {
  for (const dialog of document.querySelectorAll("body > dialog[open]")) dialog.close();
  for (const popover of document.querySelectorAll(":popover-open")) popover.hidePopover();
}

export function markSidebar(sidebar = document.querySelector(".app > .sidebar")) {
  for (const link of sidebar.querySelectorAll("a[href]")) {
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}
