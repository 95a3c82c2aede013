// The list of notifications: a new one comes on top, those read elsewhere grow quiet.
import { showFace } from "elements/make.js";

export class NotificationRows extends HTMLElement {
  add(notification) {
    const list = this.querySelector("ul");
    const pattern = this.querySelector("template");
    if (!list || !pattern || list.querySelector(`[data-notification="${notification.notification_id}"]`)) return;
    const item = pattern.content.firstElementChild.cloneNode(true);
    fill(item.querySelector("a"), notification);
    list.prepend(item);
    this.querySelector(".empty, .empty-line")?.remove();
  }

  // `ids`: which; all of them when there are none.
  read(ids) {
    for (const row of this.querySelectorAll(".row[data-unread]")) {
      if (ids.length === 0 || ids.includes(Number(row.dataset.notification))) delete row.dataset.unread;
    }
  }
}

function fill(link, { notification_id: id, url, user_id: userId, display_name: name, place, excerpt, timestamp }) {
  link.href = url;
  link.dataset.notification = id;
  link.dataset.unread = "";
  showFace(link.querySelector(".avatar"), userId, name);
  link.querySelector(".row-title b").textContent = name;
  link.querySelector(".row-title .row-note").textContent = place ?? "";
  link.querySelector(".row-body > .row-note").textContent = excerpt;
  link.querySelector("time").dateTime = timestamp;
}

customElements.define("notification-rows", NotificationRows);
