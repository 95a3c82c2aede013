// Cards dragged by mouse, pen or finger. A finger lifts a card by its grip, or by resting on it, so that it can still scroll.
import { CardLift, isLifted } from "elements/board/card-lift.js";
import { belowShown, shownIn } from "elements/board/cards-shown.js";

const THRESHOLD_PX = 6;
const REST_MS = 320;
const EDGE_PX = 48; // this near an edge the board scrolls along
const SCROLL_PX = 14; // in a frame, at most

export class CardDrag {
  #root;
  #board;
  #press = null; // {li, id, x, y, timer, byFinger, onGrip}: held down, not yet lifted
  #lift = null;
  #ghost = null;
  #at = null; // {x, y} of the pointer
  #grab = null; // where on the card it was taken

  constructor(root, board) {
    this.#root = root;
    this.#board = board;
    root.addEventListener("pointerdown", (event) => this.#down(event));
    root.addEventListener("pointermove", (event) => this.#move(event));
    root.addEventListener("pointerup", () => this.#up());
    root.addEventListener("pointercancel", () => this.#cancel());
    root.addEventListener("dragstart", (event) => event.preventDefault());
    root.addEventListener("contextmenu", (event) => this.#lift && event.preventDefault());
    root.addEventListener("touchmove", (event) => this.#lift && event.preventDefault(), { passive: false });
    root.addEventListener("click", (event) => this.#clicked(event), { capture: true });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#cancel(), { signal: board.signal });
    board.signal.addEventListener("abort", () => this.#cancel()); // somebody went elsewhere with a card in the hand
  }

  #down(event) {
    const li = event.target.closest(".card[data-task]");
    const onGrip = Boolean(event.target.closest("[data-move]"));
    const onControl = event.target.closest("button, input, form, .card-pad");
    if (!li || event.button !== 0 || !event.isPrimary || (onControl && !onGrip) || isLifted(li)) return;
    const byFinger = event.pointerType === "touch";
    this.#press = { li, id: event.pointerId, x: event.clientX, y: event.clientY, byFinger, onGrip };
    this.#at = { x: event.clientX, y: event.clientY };
    if (byFinger && !onGrip) this.#press.timer = setTimeout(() => this.#take(), REST_MS);
  }

  #move({ clientX: x, clientY: y }) {
    if (!this.#press && !this.#lift) return;
    this.#at = { x, y };
    if (this.#lift) return this.#follow();
    if (Math.hypot(x - this.#press.x, y - this.#press.y) < THRESHOLD_PX) return;
    if (this.#press.byFinger && !this.#press.onGrip) this.#forget(); // it scrolls
    else this.#take();
  }

  #up() {
    this.#forget();
    this.#end((lift) => lift.drop());
  }

  #cancel() {
    this.#forget();
    this.#end((lift) => lift.putBack());
  }

  // The click that ends a drag is not meant for the card's link.
  #clicked(event) {
    if (!this.#root.hasAttribute("data-dropped")) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #forget() {
    clearTimeout(this.#press?.timer);
    this.#press = null;
  }

  #take() {
    const { li, id, x, y } = this.#press;
    this.#forget();
    if (isLifted(li)) return; // by its keys, since it was pressed
    const box = li.getBoundingClientRect();
    this.#grab = { x: x - box.left, y: y - box.top };
    this.#ghost = ghostOf(li, box);
    this.#root.append(this.#ghost);
    this.#root.setPointerCapture(id);
    this.#root.toggleAttribute("data-dragging", true);
    this.#lift = new CardLift(li, this.#board);
    this.#follow();
    requestAnimationFrame(() => this.#scrollAlong());
  }

  #end(how) {
    if (!this.#lift) return;
    const lift = this.#lift;
    this.#lift = null;
    this.#ghost.remove();
    this.#root.toggleAttribute("data-dragging", false);
    this.#root.toggleAttribute("data-dropped", true);
    setTimeout(() => this.#root.toggleAttribute("data-dropped", false));
    how(lift);
  }

  #follow() {
    const { x, y } = this.#at;
    this.#ghost.style.translate = `${x - this.#grab.x}px ${y - this.#grab.y}px`;
    const list = this.#board.columns.lists.find((each) => isBeside(each.closest("[data-column]"), x));
    if (!list) return;
    const { li } = this.#lift;
    const others = shownIn(list).filter((other) => other !== li);
    this.#lift.place(list, others.find((other) => y < middleOf(other)) ?? belowShown(list, li));
  }

  #scrollAlong() {
    if (!this.#lift) return;
    if (!this.#lift.li) return this.#cancel();
    const { x, y } = this.#at;
    const strip = this.#root.querySelector("[data-columns]");
    const list = this.#lift.li.parentElement;
    const [across, along] = [strip.getBoundingClientRect(), list.getBoundingClientRect()];
    strip.scrollLeft += pull(x, across.left, across.right);
    list.scrollTop += pull(y, along.top, along.bottom);
    this.#follow();
    requestAnimationFrame(() => this.#scrollAlong());
  }
}

function ghostOf(li, box) {
  const ghost = li.cloneNode(true);
  ghost.classList.add("card-ghost");
  ghost.removeAttribute("data-task");
  ghost.inert = true;
  ghost.ariaHidden = "true";
  ghost.style.inlineSize = `${box.width}px`;
  return ghost;
}

function isBeside(column, x) {
  const { left, right } = column.getBoundingClientRect();
  return left <= x && x <= right;
}

function middleOf(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

// How far to scroll in this frame, for a pointer this near one of the edges.
function pull(at, start, end) {
  if (at < start + EDGE_PX) return -SCROLL_PX * Math.min(1, (start + EDGE_PX - at) / EDGE_PX);
  if (at > end - EDGE_PX) return SCROLL_PX * Math.min(1, (at - end + EDGE_PX) / EDGE_PX);
  return 0;
}
