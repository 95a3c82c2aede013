// Forms that take something away ask first: <form data-ask="Title" data-ask-words="…" data-ask-yes="…">.
import { ask } from "elements/question.js";

export function askFirst() {
  document.addEventListener("submit", async (event) => {
    const { ask: title, askWords: words, askYes: yes } = event.target.dataset;
    if (!title || event.defaultPrevented) return;
    event.preventDefault();
    if (await ask({ title, words, yes })) event.target.submit();
  });
}
