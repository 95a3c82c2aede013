// A message as a row: the pattern of templates/messaging/_message.html, its parts filled, or left out.
import { showFace } from "elements/make.js";
import { fold, isLong } from "elements/timeline/long-message.js";
import { drawAttachments } from "elements/timeline/message-files.js";
import { drawReactions } from "elements/timeline/message-reactions.js";
import { drawState } from "elements/timeline/message-state.js";
import { markSaved } from "elements/timeline/saved-marks.js";

const ONLY_EMOJI = /^[\p{So}\p{Emoji_Modifier}\u200d\ufe0f\s]{1,24}$/u; // as messaging/templatetags/messaging.py has it
const OPTIONAL = [".message-forwarded", ".message-quote", ".message-more", ".message-edited", ".message-pinned", ".attachments", ".reactions", ".message-state"];

// `message`: of messaging/timeline.js. `pattern`: the <template>. `reader`: {me, nameOf(userId)}.
export function drawRow(pattern, message, reader) {
  const row = pattern.content.firstElementChild.cloneNode(true);
  redrawRow(row, pattern, message, reader);
  return row;
}

// Only what differs is touched, so that nothing is read aloud twice and no selection is lost.
export function redrawRow(row, pattern, message, reader) {
  row.message = message;
  nameRow(row, message, reader);
  for (const part of OPTIONAL) restorePart(row, pattern, part);
  drawHead(row, message);
  drawQuote(row, message);
  drawBody(row.querySelector(".message-body"), message.edit ? { message: message.edit.text } : message);
  foldLong(row, message);
  keepPart(row, ".message-forwarded", drawForwarded(row.querySelector(".message-forwarded"), message));
  keepPart(row, ".message-edited", drawEdited(row.querySelector(".message-edited"), message));
  keepPart(row, ".message-pinned", drawPinned(row.querySelector(".message-pinned"), message));
  markSaved(row);
  keepPart(row, ".attachments", drawAttachments(row.querySelector(".attachments"), message));
  keepPart(row, ".reactions", drawReactions(row.querySelector(".reactions"), message, reader));
  keepPart(row, ".message-state", drawState(row.querySelector(".message-state"), message));
}

function nameRow(row, message, { me }) {
  const { id, seq, state, edit, kind = "said", deleted_at: deleted } = message;
  if (id) row.id = `message-${id}`;
  setData(row, "id", id);
  setData(row, "seq", seq);
  setData(row, "kind", kind);
  setData(row, "state", edit?.state ?? (state === "sent" ? null : state));
  row.toggleAttribute("data-deleted", Boolean(deleted));
  row.toggleAttribute("data-mentions-me", !deleted && isCalled(message, me));
}

// By name, or by @room and @here; what somebody merely typed is escaped, and no mark of the server's.
function isCalled({ user_id: author, mentioned_users: names = [], html }, me) {
  return names.includes(me.username) || (author !== me.id && /<span class="mention" data-group="/.test(html ?? ""));
}

function setData(row, name, value) {
  if (value === null || value === undefined) delete row.dataset[name];
  else row.dataset[name] = value;
}

// Parts stand in the order of the pattern; one that was left out comes back before its next neighbour.
function restorePart(row, pattern, part) {
  const article = row.firstElementChild;
  if (article.querySelector(`:scope > ${part}`)) return;
  const fresh = pattern.content.querySelector(part);
  const before = [...followers(fresh)].map((next) => article.querySelector(`:scope > .${next.classList[0]}`)).find(Boolean);
  article.insertBefore(fresh.cloneNode(true), before ?? null);
}

function* followers(element) {
  for (let next = element.nextElementSibling; next; next = next.nextElementSibling) yield next;
}

function keepPart(row, part, wanted) {
  if (!wanted) row.querySelector(part)?.remove();
}

function drawHead(row, { id, seq, user_id: userId, display_name: name = "", avatar = null, timestamp }) {
  showFace(row.querySelector(".avatar"), userId, name, avatar);
  drawAuthor(row.querySelector(".message-author"), userId, name);
  row.querySelector(".message-link").href = `?around=${seq}#message-${id}`;
  row.querySelector("time").dateTime = timestamp;
  row.querySelector("local-time").refresh?.();
}

function drawAuthor(author, userId, name) {
  author.textContent = name;
  setData(author, "person", userId);
  if (userId) author.href = `/messaging/person/${userId}/`;
  else author.removeAttribute("href");
}

function drawQuote(row, { reply_to: quoted, deleted_at: deleted }) {
  const quote = row.querySelector(".message-quote");
  if (!quoted || deleted) return quote.remove();
  quote.href = `?around=${quoted.seq}#message-${quoted.message_id}`;
  quote.querySelector("b").textContent = quoted.display_name;
  quote.querySelector(".truncate").textContent = quoted.excerpt;
}

// Whether it is one that was passed on.
function drawForwarded(line, { forwarded, deleted_at: deleted }) {
  if (!forwarded || deleted) return false;
  line.href = forwarded.url;
  line.querySelector("b").textContent = forwarded.display_name;
  line.querySelector("time").dateTime = forwarded.timestamp;
  line.querySelector("local-time").refresh?.();
  return true;
}

function drawEdited(mark, { id, edited_at: edited, deleted_at: deleted }) {
  mark.href = `/messaging/message/${id}/versions/`;
  return edited && !deleted;
}

function drawPinned(mark, { pinned, deleted_at: deleted }) {
  mark.querySelector("span").textContent = `Pinned by ${pinned?.display_name}`;
  return pinned && !deleted;
}

function foldLong(row, { message: text = "", deleted_at: deleted }) {
  const isFolded = !deleted && isLong(text);
  row.toggleAttribute("data-long", isFolded);
  keepPart(row, ".message-more", isFolded);
  fold(row, isFolded && row.hasAttribute("data-open"));
}

function drawBody(body, { message: text = "", html, deleted_at: deleted }) {
  const shown = deleted ? "Message deleted" : html ?? text;
  if (body.shown === shown) return;
  body.shown = shown;
  body.classList.toggle("prose", Boolean(html) && !deleted);
  body.classList.toggle("plain", !html || Boolean(deleted));
  if (html && !deleted) body.innerHTML = html; // sanitised by the server, and only ever by it
  else body.textContent = shown;
  const words = body.textContent.trim();
  body.classList.toggle("only-emoji", !deleted && !/<(?!\/?p>)/.test(html ?? "") && ONLY_EMOJI.test(words) && words !== "");
  if (body.querySelector("pre, table")) import("elements/timeline/code-block.js").then(({ dressCode }) => dressCode(body));
}
