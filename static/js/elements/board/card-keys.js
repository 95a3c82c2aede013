// Cards moved without dragging: by keys on the Move button, or by the arrows that it opens.
import { CardLift, isLifted } from "elements/board/card-lift.js";
import { belowShown, shownIn } from "elements/board/cards-shown.js";
import { icon } from "elements/common/icon.js";
import { make, makeButton } from "elements/common/make.js";
import { sideways } from "elements/common/sideways.js";
import { gettext } from "language/gettext.js";

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const ARROWS = [
  ["ArrowLeft", "arrow-left", gettext("To the column on the left")],
  ["ArrowUp", "arrow-down", gettext("Up")],
  ["ArrowDown", "arrow-down", gettext("Down")],
  ["ArrowRight", "arrow-left", gettext("To the column on the right")],
];

export class CardKeys {
  #board;
  #lift = null;
  #pad = null;

  constructor(root, board) {
    this.#board = board;
    root.addEventListener("click", (event) => this.#clicked(event));
    root.addEventListener("keydown", (event) => this.#pressed(event));
    root.addEventListener("focusout", (event) => this.#left(event));
    root.addEventListener("replaced", () => this.#lift && this.#showLifted());
  }

  #clicked({ target }) {
    const button = target.closest("[data-move]");
    const arrow = target.closest("[data-arrow]");
    if (arrow) this.#step(arrow.dataset.arrow);
    else if (button && this.#lift) this.#drop();
    else if (button && !isLifted(button.closest(".card"))) this.#take(button);
  }

  #pressed(event) {
    if (!this.#lift) return;
    if (event.key === "Escape" || !this.#lift.li) this.#end((lift) => lift.putBack());
    else if (event.key in STEPS) this.#step(event.key);
    else return;
    event.preventDefault();
  }

  // Going elsewhere leaves the card where it is seen to be. A card that is being moved loses the focus for a moment only.
  #left({ relatedTarget }) {
    const lift = this.#lift;
    if (!lift || lift.li?.contains(relatedTarget)) return;
    requestAnimationFrame(() => {
      if (this.#lift === lift && !lift.li?.contains(document.activeElement)) this.#drop();
    });
  }

  #take(button) {
    const li = button.closest(".card");
    this.#lift = new CardLift(li, this.#board);
    this.#pad = pad();
    this.#showLifted();
    const { title, where } = this.#lift;
    this.#board.say(gettext("Lifted {title}, {where}. Arrow keys move it, Space drops it, Escape puts it back.", { title, where }));
  }

  #showLifted() {
    const { li } = this.#lift;
    li?.querySelector("[data-move]").setAttribute("aria-pressed", "true");
    li?.append(this.#pad);
  }

  #drop() {
    this.#end((lift) => lift.drop());
  }

  #end(how) {
    const lift = this.#lift;
    const button = lift.li?.querySelector("[data-move]");
    if (this.#pad.contains(document.activeElement)) button?.focus();
    this.#lift = null;
    this.#pad.remove();
    button?.setAttribute("aria-pressed", "false");
    how(lift);
  }

  #step(key) {
    const [across, down] = STEPS[sideways(key, this.#lift.li)];
    const moved = across ? this.#across(across) : this.#along(down);
    this.#lift.li.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#board.say(moved ? `${this.#lift.title}, ${this.#lift.where}.` : gettext("It cannot go further that way."));
  }

  #along(step) {
    const { li } = this.#lift;
    const shown = shownIn(li.parentElement);
    const other = shown[shown.indexOf(li) + step];
    if (other) this.#lift.place(li.parentElement, step < 0 ? other : other.nextElementSibling);
    return Boolean(other);
  }

  #across(step) {
    const { li } = this.#lift;
    const { lists } = this.#board.columns;
    const list = lists[lists.indexOf(li.parentElement) + step];
    const index = shownIn(li.parentElement).indexOf(li);
    if (list) this.#lift.place(list, shownIn(list)[index] ?? belowShown(list, li));
    return Boolean(list);
  }
}

function pad() {
  return make("div", "card-pad", ...ARROWS.map(arrow));
}

function arrow([key, picture, label]) {
  const button = makeButton("small icon-only", icon(picture));
  button.dataset.arrow = key;
  button.ariaLabel = label;
  return button;
}
