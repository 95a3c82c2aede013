// The keys of a checklist: Enter keeps the words of an item, and so does leaving it; Escape does not. Alt and an arrow move it.
const MOVES = { ArrowUp: "up", ArrowDown: "down" };

export class ChecklistKeys {
  constructor(root) {
    root.addEventListener("keydown", (event) => this.#pressed(event));
    root.addEventListener("change", ({ target }) => target.matches("textarea") && keep(target));
  }

  #pressed(event) {
    const { key, target, altKey, isComposing } = event;
    if (isComposing) return;
    const isText = target.matches("textarea");
    if (altKey && key in MOVES) move(target.closest("[data-item]"), MOVES[key]);
    else if (isText && key === "Enter") keep(target);
    else if (isText && key === "Escape" && target.value !== target.defaultValue) target.value = target.defaultValue;
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

// An item has words; who takes them all away has not meant to remove it.
function keep(text) {
  if (!text.value.trim()) text.value = text.defaultValue;
  else if (text.value !== text.defaultValue) text.form.requestSubmit();
}

function move(item, way) {
  item?.querySelector(`form[data-move="${way}"]`)?.requestSubmit();
}
