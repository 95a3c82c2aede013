// Signing out leaves nothing of a person on the machine; what was never sent is asked about first.
import { leaveInPeace } from "elements/refusal.js";
import { forgetDrafts } from "messaging/draft-shelf.js";

export function watchSigningOut(outbox) {
  document.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-sign-out]") || event.defaultPrevented) return;
    event.preventDefault();
    if (!(await isMeant(outbox))) return;
    forgetDrafts();
    const { forgetPerson } = await import("elements/told/forgetting.js");
    await Promise.all([outbox.forget(), forgetPerson()]);
    leaveInPeace();
    event.target.submit();
  });
}

async function isMeant(outbox) {
  const count = outbox.waiting().length;
  if (count === 0) return true;
  const words = `${count === 1 ? "A message of yours has" : `${count} messages of yours have`} not been sent yet. Signing out throws that away.`;
  const { ask } = await import("elements/question.js");
  return ask({ title: "Sign out?", words, yes: "Sign out" });
}
