// The choice of what one hears of a conversation: sent as soon as it is made, and the same on every device.
import { toast } from "elements/page/toast.js";
import { gettext } from "language/gettext.js";

export function followLevels(inbox) {
  document.addEventListener("change", ({ target }) => {
    const form = target.closest?.("form[data-level-of]");
    if (form) send(form);
  });
  inbox.addEventListener("change", ({ detail: { conversation_id: id, level } }) => {
    const select = document.querySelector(`form[data-level-of="${id}"] select`);
    if (select && level) select.value = level;
  });
}

async function send(form) {
  const said = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } };
  const answer = await fetch(form.action, said).catch(() => null);
  if (!answer?.ok) toast(gettext("That could not be saved just now."));
}
