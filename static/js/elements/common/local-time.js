// A time shown as people say it, exact on hover: <local-time data-as="clock|day|ago|since|moment"><time datetime="…">.
import * as times from "elements/common/times.js";

const FRESHEN_MS = 30_000;
const shown = new Set();

export class LocalTime extends HTMLElement {
  connectedCallback() {
    shown.add(this);
    this.refresh();
  }

  disconnectedCallback() {
    shown.delete(this);
  }

  refresh() {
    const time = this.firstElementChild;
    const date = momentOf(time?.dateTime);
    if (!date) return;
    const words = times[this.dataset.as ?? "ago"](date);
    if (time.textContent !== words) time.textContent = words;
    time.title = times.exact(date);
  }
}

// A bare date means that day here, not midnight in Greenwich.
function momentOf(text) {
  if (!text) return null;
  const date = new Date(text.length === 10 ? `${text}T00:00` : text);
  return Number.isNaN(date.getTime()) ? null : date;
}

setInterval(() => shown.forEach((each) => each.dataset.as !== "clock" && each.refresh()), FRESHEN_MS);
customElements.define("local-time", LocalTime);
