// The rooms and direct conversations of the sidebar, as the inbox has them.
import { icon } from "elements/icon.js";

export class SidebarRooms extends HTMLElement {
  // All of them: rows that stand stay, others come and go.
  show(conversations, boards) {
    const places = conversations.filter(({ kind }) => kind !== "task");
    const ids = new Set(places.map(({ conversation_id: id }) => String(id)));
    for (const link of this.querySelectorAll("[data-conversation]:is(a)")) if (!ids.has(link.dataset.conversation)) link.parentElement.remove();
    for (const section of this.querySelectorAll("[data-board]")) if (!boards.some(({ board_id: id }) => String(id) === section.dataset.board)) section.remove();
    for (const board of boards) this.#sectionOf(board);
    for (const place of places) this.#linkOf(place);
  }

  add(place) {
    if (place.kind !== "task") this.#linkOf(place);
  }

  remove({ conversation_id: id }) {
    this.#find(id)?.parentElement.remove();
  }

  #find(id) {
    return this.querySelector(`a[data-conversation="${id}"]`);
  }

  #linkOf(place) {
    const found = this.#find(place.conversation_id);
    if (found) {
      const name = found.querySelector(".truncate");
      if (name.textContent !== place.name) name.textContent = place.name;
      return;
    }
    const list = this.querySelector(place.kind === "direct" ? "[data-directs] ul" : `[data-board="${place.board_id}"] ul`);
    list?.querySelector(".sidebar-empty")?.remove();
    list?.append(drawPlace(place));
  }

  #sectionOf({ board_id: id, name, url }) {
    const found = this.querySelector(`[data-board="${id}"] .sidebar-heading a`);
    if (found) found.textContent = name;
    else this.querySelector("[data-directs]").before(drawBoard(id, name, url));
  }
}

function drawPlace({ conversation_id: id, kind, name, url, private: isPrivate }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.className = "sidebar-link";
  link.href = url;
  link.dataset.conversation = id;
  link.append(icon(kind === "direct" ? "user" : isPrivate ? "lock" : "hash"), span("truncate", name), drawBadge(id));
  item.append(link);
  return item;
}

function drawBadge(id) {
  const badge = document.createElement("unread-badge");
  badge.className = "badge";
  badge.dataset.conversation = id;
  badge.hidden = true;
  badge.append(span("count", "0"), span("visually-hidden", " unread"));
  return badge;
}

function drawBoard(id, name, url) {
  const section = document.createElement("section");
  const heading = document.createElement("h2");
  const link = document.createElement("a");
  const list = document.createElement("ul");
  section.dataset.board = id;
  heading.className = "sidebar-heading";
  link.className = "truncate";
  link.href = url;
  link.textContent = name;
  list.className = "sidebar-list";
  list.setAttribute("role", "list");
  heading.append(link);
  section.append(heading, list);
  return section;
}

function span(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

customElements.define("sidebar-rooms", SidebarRooms);
