// Signing out leaves nothing of a person on the machine; what was never sent is asked about first.
import { ask } from "elements/question.js";
import { leaveInPeace } from "elements/refusal.js";
import { forgetPerson } from "elements/told/forgetting.js";
import { forgetDrafts } from "messaging/draft-shelf.js";

export async function signOut(form, outbox) {
  if (!(await isMeant(outbox))) return;
  forgetDrafts();
  await Promise.all([outbox.forget(), forgetPerson()]);
  leaveInPeace();
  form.submit();
}

async function isMeant(outbox) {
  const count = outbox.waiting().length;
  if (count === 0) return true;
  const words = `${count === 1 ? "A message of yours has" : `${count} messages of yours have`} not been sent yet. Signing out throws that away.`;
  return ask({ title: "Sign out?", words, yes: "Sign out" });
}
