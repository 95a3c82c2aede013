// One page takes the place of another within the frame; sidebar and lines stay as they are.

// `page`: as elements/visits/page-fetcher.js has it.
export function swap({ kind, header, main, panel }) {
  document.activeElement?.blur(); // taking a focused element away has the browser style the page, which is not the last time
  closeWhatFloats();
  const frame = document.querySelector(".app");
  frame.querySelector(":scope > .header").replaceWith(header);
  frame.querySelector(":scope > .main").replaceWith(main);
  main.dataset.arrived = "";
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
