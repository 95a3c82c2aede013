// Passing a message on: choose where to, say something about it, and it is in the outbox.
import { toast } from "elements/common/toast.js";
import { openLeaf } from "elements/kept/leaf.js";
import { gettext, ngettext } from "language/gettext.js";

// `wish(body)` keeps one of it: {conversation_id, comment}.
export async function forward(message, wish) {
  const leaf = await openLeaf(`/messaging/message/${message.id}/forward/`, gettext("Forward"));
  if (!leaf) return;
  const form = leaf.querySelector("form");
  const filter = form.querySelector("[data-filter]");
  filter.focus();
  filter.addEventListener("input", () => showLike(form, filter.value));
  filter.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const said = new FormData(form);
    const chosen = said.getAll("conversations").map(Number);
    if (chosen.length === 0) return filter.focus();
    for (const id of chosen) wish({ conversation_id: id, comment: said.get("comment").trim() });
    leaf.close();
    toast(chosen.length === 1 ? gettext("Forwarded.") : ngettext("Forwarded to {count} conversation.", "Forwarded to {count} conversations.", chosen.length));
  });
}

function showLike(form, text) {
  const wanted = text.trim().toLowerCase();
  for (const row of form.querySelectorAll(".forward-places label")) row.hidden = !row.textContent.toLowerCase().includes(wanted);
}
