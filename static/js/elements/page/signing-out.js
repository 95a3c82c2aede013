// Signing out leaves nothing of a person on the machine; what was never sent is asked about first.
import { ask } from "elements/common/question.js";
import { forgetTrays, isAnyFilled } from "elements/composer/trays.js";
import { leaveInPeace } from "elements/page/refusal.js";
import { forgetPerson } from "elements/told/forgetting.js";
import { gettext, ngettext } from "language/gettext.js";
import { forgetDrafts } from "messaging/draft-shelf.js";

export async function signOut(form, outbox) {
  if (!(await isMeant(outbox))) return;
  forgetDrafts();
  forgetTrays();
  await Promise.all([outbox.forget(), forgetPerson()]);
  leaveInPeace();
  form.submit();
}

async function isMeant(outbox) {
  const words = wordsOn(outbox.waiting().length);
  return words === null || ask({ title: gettext("Sign out?"), words, yes: gettext("Sign out") });
}

function wordsOn(count) {
  if (count === 1) return gettext("A message of yours has not been sent yet. Signing out throws that away.");
  if (count > 1) return ngettext("{count} message of yours has not been sent yet. Signing out throws that away.", "{count} messages of yours have not been sent yet. Signing out throws that away.", count);
  return isAnyFilled() ? gettext("Files that you attached have not been sent yet. Signing out throws them away.") : null;
}
