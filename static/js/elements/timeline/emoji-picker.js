// A small grid of emoji, opened at a button; it says which one was chosen and goes away.
import { make } from "elements/make.js";

const EMOJI = [
  ["👍", "thumbs up"], ["❤️", "heart"], ["😂", "laughing"], ["🎉", "party"], ["😮", "surprised"], ["😢", "sad"], ["🙏", "thanks"], ["👀", "looking"],
  ["✅", "done"], ["❌", "no"], ["🚀", "rocket"], ["🔥", "fire"], ["💯", "hundred"], ["👏", "clapping"], ["🤔", "thinking"], ["😄", "smiling"],
  ["😅", "sweat smile"], ["😉", "wink"], ["🙌", "raised hands"], ["💪", "strong"], ["👋", "wave"], ["👎", "thumbs down"], ["☕", "coffee"], ["🐛", "bug"],
];
const GAP_PX = 4;

// Resolves to the emoji, or to null.
export function pickEmoji(button) {
  const grid = make("div", "", ...EMOJI.map(choice));
  const picker = make("div", "picker", grid);
  picker.popover = "auto";
  picker.setAttribute("role", "dialog");
  picker.setAttribute("aria-label", "Choose an emoji");
  document.body.append(picker);
  picker.showPopover();
  place(picker, button);
  grid.firstElementChild.focus();
  return answerOf(picker, button);
}

function choice([emoji, words]) {
  const button = make("button", "", emoji);
  button.type = "button";
  button.value = emoji;
  button.title = words;
  button.setAttribute("aria-label", words);
  return button;
}

function answerOf(picker, opener) {
  return new Promise((resolve) => {
    let answer = null;
    picker.addEventListener("keydown", (event) => step(event, picker));
    picker.addEventListener("click", ({ target }) => {
      answer = target.closest("button")?.value ?? null;
      if (answer) picker.hidePopover();
    });
    picker.addEventListener("toggle", ({ newState }) => {
      if (newState !== "closed") return;
      picker.remove();
      opener.focus();
      resolve(answer);
    });
  });
}

function step(event, picker) {
  const columns = getComputedStyle(picker.firstElementChild).gridTemplateColumns.split(" ").length;
  const move = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
  if (!move) return;
  event.preventDefault();
  const buttons = [...picker.querySelectorAll("button")];
  buttons[buttons.indexOf(document.activeElement) + move]?.focus();
}

function place(picker, button) {
  const { top, bottom, right } = button.getBoundingClientRect();
  const { height, width } = picker.getBoundingClientRect();
  const above = top - height - GAP_PX;
  picker.style.top = `${above > 0 ? above : Math.min(bottom + GAP_PX, innerHeight - height)}px`;
  picker.style.left = `${Math.max(GAP_PX, Math.min(right - width, innerWidth - width - GAP_PX))}px`;
}
