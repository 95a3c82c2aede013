// Forms that take something away ask first: <form data-ask="Title" data-ask-words="…" data-ask-yes="…">.
export function askFirst() {
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const { ask: title, askWords: words, askYes: yes } = form.dataset;
    if (!title || event.defaultPrevented) return;
    event.preventDefault();
    const { ask } = await import("elements/common/question.js");
    if (await ask({ title, words, yes })) sent(form);
  });
}

// Its part of the page may have been drawn anew meanwhile, and a form that is on no page sends nothing.
function sent(form) {
  form.hidden ||= !form.isConnected;
  if (form.hidden) document.body.append(form);
  form.submit();
}
