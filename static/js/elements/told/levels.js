// The choice of what one hears of a conversation: sent as soon as it is made, and the same on every device.
import { toast } from "elements/common/toast.js";
import { gettext } from "language/gettext.js";
import { patience } from "live/patience.js";

export function followLevels(inbox) {
  document.addEventListener("change", ({ target }) => {
    const form = target.closest?.("form[data-level-of]");
    if (form) send(form, inbox);
  });
  inbox.addEventListener("change", ({ detail: { conversation_id: id, level } }) => {
    const select = document.querySelector(`form[data-level-of="${id}"] select`);
    if (select && level) select.value = level;
  });
}

// What could not be saved is not shown as if it were.
async function send(form, inbox) {
  const said = { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, signal: patience() };
  const answer = await fetch(form.action, said).catch(() => null);
  if (answer?.ok) return;
  const place = inbox.conversation(Number(form.dataset.levelOf));
  if (place) form.elements.level.value = place.level;
  toast(gettext("That could not be saved just now."));
}
