// The emoji picker, opened at a button: what was chosen of late, all by category, and a search by name.
import { emojiLike } from "elements/composer/completing/emoji-names.js";
import { allEmoji } from "elements/emoji/list.js";
import { latest, noteUse } from "elements/emoji/latest.js";
import { make } from "elements/common/make.js";
import { TOUCH } from "elements/keys/touch.js";
import { goRound } from "elements/common/round.js";
import { isRightToLeft, sideways } from "elements/common/sideways.js";
import { gettext, ngettext } from "language/gettext.js";

const GAP_PX = 4;
const MOST_FOUND = 48;

// Resolves to the emoji, or to null.
export function pickEmoji(button) {
  return new EmojiPicker(button).answer;
}

class EmojiPicker {
  #opener;
  #search = make("input", "input");
  #groups = make("div", "emoji-groups");
  #news = make("span", "visually-hidden");
  #picker = make("div", "picker emoji-picker", this.#search, this.#groups, this.#news);
  #chosen = null;
  #all = [];

  constructor(opener) {
    this.#opener = opener;
    this.#furnish();
    goRound(this.#picker);
    document.body.append(this.#picker);
    this.#picker.showPopover();
    this.#place();
    this.#fill();
    (TOUCH.matches ? this.#groups.querySelector("button") : this.#search).focus(); // no keys over the emoji
    this.answer = new Promise((resolve) => this.#picker.addEventListener("toggle", ({ newState }) => newState === "closed" && this.#close(resolve)));
  }

  #furnish() {
    this.#picker.popover = "auto";
    this.#picker.setAttribute("role", "dialog");
    this.#picker.setAttribute("aria-label", gettext("Choose an emoji"));
    Object.assign(this.#search, { type: "search", placeholder: gettext("Search emoji"), autocomplete: "off" });
    this.#search.setAttribute("aria-label", gettext("Search emoji"));
    this.#news.setAttribute("aria-live", "polite");
    this.#search.addEventListener("input", () => this.#draw());
    this.#picker.addEventListener("keydown", (event) => this.#pressed(event));
    this.#groups.addEventListener("click", ({ target }) => this.#choose(target.closest("button")));
  }

  async #fill() {
    this.#draw();
    this.#all = await allEmoji();
    this.#draw();
    this.#place();
  }

  #draw() {
    const wanted = this.#search.value.trim().toLowerCase().replace(/^:|:$/g, "").replace(/\s+/g, "_");
    const groups = wanted ? [[gettext("Found"), emojiLike(wanted, this.#all, MOST_FOUND)]] : [[gettext("Used lately"), this.#latest()], ...byGroup(this.#all)];
    const held = this.#groups.contains(document.activeElement) && document.activeElement.value;
    this.#groups.replaceChildren(...groups.flatMap(([name, list]) => (list.length ? groupOf(name, list) : [])));
    if (held) this.#groups.querySelector(`button[value="${held}"]`)?.focus();
    if (!wanted) this.#news.textContent = "";
    else this.#news.textContent = groups[0][1].length ? ngettext("{count} found", "{count} found", groups[0][1].length) : gettext("None found");
    if (wanted && groups[0][1].length === 0) this.#groups.append(make("p", "hint", this.#all.length ? gettext("No emoji of that name.") : gettext("The emoji are not here yet.")));
  }

  // What was used in another language is called as it is in this one.
  #latest() {
    return latest().map((one) => ({ ...one, label: this.#all.find(({ emoji }) => emoji === one.emoji)?.label }));
  }

  #pressed(event) {
    if (event.isComposing) return;
    const buttons = [...this.#groups.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Enter" && at < 0) return (event.preventDefault(), this.#choose(buttons[0]));
    const next = at < 0 ? (event.key === "ArrowDown" ? buttons[0] : null) : buttonAt(sideways(event.key, this.#groups), buttons, at) ?? (event.key === "ArrowUp" ? this.#search : null);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  #choose(button) {
    if (!button) return;
    this.#chosen = button.value;
    noteUse({ emoji: button.value, name: button.title });
    this.#picker.hidePopover();
  }

  #close(resolve) {
    this.#picker.remove();
    this.#opener.focus();
    resolve(this.#chosen);
  }

  #place() {
    const { top, bottom, left, right } = this.#opener.getBoundingClientRect();
    const { height, width } = this.#picker.getBoundingClientRect();
    const above = top - height - GAP_PX;
    this.#picker.style.top = `${Math.max(GAP_PX, above > 0 ? above : Math.min(bottom + GAP_PX, innerHeight - height - GAP_PX))}px`;
    this.#picker.style.left = `${Math.max(GAP_PX, Math.min(isRightToLeft(this.#picker) ? left : right - width, innerWidth - width - GAP_PX))}px`;
  }
}

function byGroup(all) {
  const groups = new Map();
  for (const { group, emoji, names, label } of all) groups.set(group, [...(groups.get(group) ?? []), { emoji, name: names[0], label }]);
  return groups;
}

let groupsMade = 0;

function groupOf(name, list) {
  const heading = make("h2", "", name);
  heading.id = `emoji-group-${++groupsMade}`;
  const grid = make("div", "", ...list.map(choice));
  grid.setAttribute("role", "group");
  grid.setAttribute("aria-labelledby", heading.id);
  return [heading, grid];
}

function choice({ emoji, name, label }, at) {
  const button = make("button", "", emoji);
  const words = label ?? name.replaceAll("_", " ");
  Object.assign(button, { type: "button", value: emoji, title: words, tabIndex: at === 0 ? 0 : -1 }); // arrows walk within a group
  button.setAttribute("aria-label", words);
  return button;
}

// To the sides one by one, up and down to what stands nearest in the next row.
function buttonAt(key, buttons, at) {
  if (key === "ArrowRight") return buttons[at + 1];
  if (key === "ArrowLeft") return buttons[at - 1];
  if (key !== "ArrowDown" && key !== "ArrowUp") return null;
  const here = buttons[at].getBoundingClientRect();
  const rest = key === "ArrowDown" ? buttons.slice(at + 1) : buttons.slice(0, at).reverse();
  const row = rest.find((one) => Math.abs(one.getBoundingClientRect().top - here.top) > here.height / 2)?.getBoundingClientRect().top;
  const inRow = rest.filter((one) => one.getBoundingClientRect().top === row);
  return inRow.sort((one, other) => Math.abs(one.getBoundingClientRect().left - here.left) - Math.abs(other.getBoundingClientRect().left - here.left))[0];
}
