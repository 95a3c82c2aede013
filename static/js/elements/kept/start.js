// What is kept for later, on every page: marks on rows, the lists of it, and what is asked of a message beyond its own
// conversation.
import { atRest } from "elements/common/at-rest.js";
import { keepFocus } from "elements/common/focus.js";
import { post } from "elements/common/post.js";
import { toast } from "elements/common/toast.js";
import { pageNow } from "elements/page/as-now.js";
import { isSaved, showSaved } from "elements/timeline/message/saved-marks.js";
import { gettext, locale, ngettext } from "language/gettext.js";
import { Kept } from "messaging/kept.js";

const SETTLE_MS = 150; // several changes draw a list anew once

// `inbox`: messaging/inbox.js. Returns what is called on every page that is entered.
export function startKept({ outbox, inbox }) {
  const kept = new Kept({ outbox, inbox });
  const show = () => showAll(kept);
  kept.addEventListener("change", show);
  kept.addEventListener("refused", ({ detail }) => toast(detail.reason));
  for (const name of ["state", "saved", "scheduled"]) inbox.addEventListener(name, () => drawListsSoon());
  inbox.addEventListener("scheduled", ({ detail }) => detail.state === "refused" && toast(gettext("A scheduled message was not sent: {refusal}", detail)));
  document.addEventListener("ask", ({ detail }) => answer(detail, kept));
  document.addEventListener("send-later", ({ target }) => sendLater(target, kept));
  document.addEventListener("submit", (event) => submitted(event));
  document.addEventListener("click", (event) => clicked(event), { capture: true }); // before it is taken for a visit
  atHand();
  return show;
}

// What asks for something while the line is cut must have come before.
function atHand() {
  const parts = () => [import("elements/kept/time-question.js"), import("elements/timeline/message/menu.js"), import("elements/conversation/readers-list.js")];
  atRest({ within: 5_000 }).then(() => Promise.all(parts())).catch(() => {});
}

function showAll(kept) {
  showSaved(kept.saved);
  for (const line of document.querySelectorAll("[data-scheduled]")) showScheduled(line, kept);
}

function showScheduled(line, kept) {
  const id = Number(line.dataset.scheduled);
  const those = kept.scheduled(id || undefined);
  const failed = those.filter(({ state }) => state === "refused").length;
  line.hidden = those.length === 0;
  line.toggleAttribute("data-refused", failed > 0);
  line.textContent = id ? countsOf(those.length, failed) : String(those.length);
}

function countsOf(all, failed) {
  const counts = [ngettext("{count} scheduled", "{count} scheduled", all)];
  if (failed) counts.push(ngettext("{count} not sent", "{count} not sent", failed));
  return new Intl.ListFormat(locale, { type: "unit", style: "short" }).format(counts);
}

function answer({ action, message, url }, kept) {
  switch (action) {
    case "save": return isSaved(message.id) ? kept.letGo(message.id) : kept.save(message.id);
    case "remind": return remind(message, kept);
    case "forward": return import("elements/kept/forwarding.js").then(({ forward }) => forward(message, (where) => kept.forward(message.id, where)));
    case "card": return import("elements/cards/making.js").then(({ makeCard }) => makeCard(message));
    case "history": return import("elements/kept/leaf.js").then(({ openLeaf }) => openLeaf(url, gettext("Edit history")));
  }
}

async function remind(message, kept) {
  const { askWhen } = await import("elements/kept/time-question.js");
  const at = await askWhen({ title: gettext("Remind me") });
  if (!at) return;
  const { moment } = await import("elements/common/times.js");
  kept.save(message.id, at);
  toast(gettext("You will be reminded {moment}.", { moment: moment(at) }));
}

async function sendLater(composer, kept) {
  const { text, replyTo, hasFiles } = composer.written;
  if (hasFiles) return toast(gettext("Files cannot be sent later: send them now, or take them out."));
  if (!text) return composer.focus(), toast(gettext("Write it first, then choose when it is sent."));
  if (!(await composer.isMeant(text))) return composer.focus();
  const data = JSON.parse(document.getElementById("conversation").textContent);
  const { askWhen } = await import("elements/kept/time-question.js");
  const at = await askWhen({ title: gettext("Send later"), other: data.their_clock });
  if (!at) return composer.focus();
  kept.schedule(data.id, { text, replyTo, at, place: { name: data.name, url: data.url } });
  composer.clear();
}

// -- the lists ---------------------------------------------------------------------------------------------------------

let due = null;

function drawListsSoon() {
  clearTimeout(due);
  due = setTimeout(() => document.querySelector("[data-kept]") && drawLists(), SETTLE_MS);
}

let asking = new AbortController(); // what was asked before is older, whenever it is answered

// What somebody is changing stays under their hands.
async function drawLists() {
  asking.abort();
  const { signal } = (asking = new AbortController());
  const [list, address] = [document.querySelector("[data-kept]"), location.href];
  const page = await pageNow({ signal });
  const fresh = page?.querySelector("[data-kept]");
  if (!fresh || signal.aborted || location.href !== address || !list.isConnected || list.querySelector("details[open]")) return;
  putInPlace(fresh, list);
}

// Who is done with a row goes on with the one that takes its place.
function putInPlace(fresh, list) {
  const rows = () => [...list.querySelectorAll(".kept-row")];
  const at = rows().findIndex((row) => row.contains(document.activeElement));
  keepFocus(() => list.replaceChildren(...document.adoptNode(fresh).childNodes), () => firstIn(rows()[at] ?? rows().at(-1)));
}

function close(details) {
  if (!details) return;
  details.querySelector("summary").focus();
  details.open = false;
}

function takeAway(row) {
  const heir = firstIn(row.nextElementSibling ?? row.previousElementSibling) ?? row.closest("dialog")?.querySelector("button");
  keepFocus(() => row.remove(), () => heir);
}

function firstIn(row) {
  return row?.querySelector("a, summary, button");
}

async function submitted(event) {
  const form = event.target.closest?.(".kept-tools form");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  const fields = new FormData(form, event.submitter);
  const answer = await post(form.action, fields);
  if (!answer || answer.refusal) return toast(answer?.refusal ?? gettext("There is no connection: try again in a moment."));
  close(form.closest("details"));
  if (event.submitter?.dataset.unpin) takeAway(form.closest("li"));
  else drawLists();
}

async function clicked(event) {
  const link = event.target.closest("a[data-pins]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { openLeaf } = await import("elements/kept/leaf.js");
  openLeaf(link.href, gettext("Pinned"));
}
