// The day of what is at the top of a timeline, for whoever has scrolled; pressed, it leads to another day.
import { day } from "elements/common/times.js";
import { firstBelow } from "elements/timeline/sight.js";

const BELOW_PX = 40; // what lies under the button itself

export class DayShown {
  #button;
  #words;
  #shown = "";

  constructor(button, go) {
    this.#button = button;
    this.#words = button.querySelector("span");
    button.addEventListener("click", go);
  }

  // Of a scrolling element and the list in it. At the end, and where a line of its own can be seen, it keeps quiet.
  show(scroller, list, { isAtEnd }) {
    const { top } = scroller.getBoundingClientRect();
    const first = firstBelow(list.children, top + BELOW_PX);
    let row = first;
    while (row && !row.message) row = row.nextElementSibling;
    const words = row ? day(new Date(row.message.timestamp)) : "";
    this.#button.hidden = !words;
    const isLineShown = [first, first?.previousElementSibling].some((one) => isLine(one) && one.getBoundingClientRect().bottom > top);
    this.#button.toggleAttribute("data-quiet", isAtEnd || isLineShown);
    if (words !== this.#shown) this.#words.textContent = this.#shown = words;
  }
}

function isLine(row) {
  return row?.matches(".day, .unread-line");
}
