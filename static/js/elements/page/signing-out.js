// Signing out leaves nothing of a person on the machine; what was never sent is asked about first.
import { Draft } from "elements/composer/draft.js";
import { ask } from "elements/question.js";
import { leaveInPeace } from "elements/refusal.js";

export function watchSigningOut(outbox) {
  document.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-sign-out]") || event.defaultPrevented) return;
    event.preventDefault();
    if (!(await isMeant(outbox))) return;
    Draft.forgetAll();
    await outbox.forget();
    leaveInPeace();
    event.target.submit();
  });
}

function isMeant(outbox) {
  const count = outbox.waiting().length;
  if (count === 0) return true;
  const words = `${count === 1 ? "A message of yours has" : `${count} messages of yours have`} not been sent yet. Signing out throws that away.`;
  return ask({ title: "Sign out?", words, yes: "Sign out" });
}
