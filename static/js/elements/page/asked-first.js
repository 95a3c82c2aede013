// Forms that take something away ask first: <form data-ask="Title" data-ask-words="…" data-ask-yes="…">.
export function askFirst() {
  document.addEventListener("submit", async (event) => {
    const { ask: title, askWords: words, askYes: yes } = event.target.dataset;
    if (!title || event.defaultPrevented) return;
    event.preventDefault();
    const { ask } = await import("elements/question.js");
    if (await ask({ title, words, yes })) event.target.submit();
  });
}
