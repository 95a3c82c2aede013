// Ticks are drawn at once, for whoever makes them; one that could not be kept is drawn back as soon as that is known.
export class Ticks {
  #items = new Map(); // element -> {isKept: as the server had it last, underWay: how many}

  made(form, isDone) {
    const item = form.closest("[data-item]");
    const known = this.#items.get(item) ?? { isKept: item.hasAttribute("data-done"), underWay: 0 };
    known.underWay += 1;
    this.#items.set(item, known);
    draw(item, isDone);
  }

  // What was ticked again since is drawn by the last of its answers.
  over(form, isDone, isKept) {
    const item = form.closest("[data-item]");
    const known = this.#items.get(item);
    if (isKept) known.isKept = isDone;
    known.underWay -= 1;
    if (known.underWay > 0) return;
    this.#items.delete(item);
    draw(item, known.isKept);
  }
}

function draw(item, isDone) {
  const form = item.querySelector("[data-tick]");
  item.toggleAttribute("data-done", isDone);
  form.querySelector("button").ariaChecked = isDone;
  form.elements.done.value = isDone ? "no" : "yes";
}
