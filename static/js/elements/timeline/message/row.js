// A message as a row: the pattern of templates/messaging/message/_message.html, its parts filled, or left out.
import { showFace } from "elements/common/make.js";
import { setStops } from "elements/timeline/hand/stops.js";
import { drawAttachments, hasAttachments } from "elements/timeline/message/files.js";
import { fold, isLong } from "elements/timeline/message/long-message.js";
import { drawReactions, hasReactions } from "elements/timeline/message/reactions.js";
import { markSaved } from "elements/timeline/message/saved-marks.js";
import { drawState, isUnderWay } from "elements/timeline/message/state.js";
import { gettext } from "language/gettext.js";

const ONLY_EMOJI = /^(?=[^]{1,24}$)([\p{So}\p{EMod}\u200d\ufe0f\s\u{e0020}-\u{e007f}]|[\d#*]\ufe0f?\u20e3)+$/u; // as messaging/templatetags/messaging.py has it

// Parts that few messages have, and what is gone has none.
const OPTIONAL = {
  ".message-forwarded": { has: ({ forwarded, deleted_at: deleted }) => forwarded && !deleted, draw: drawForwarded },
  ".message-quote": { has: ({ reply_to: quoted, deleted_at: deleted }) => quoted && !deleted, draw: drawQuote },
  ".message-more": { has: isFolded, draw: () => {} },
  ".message-edited": { has: ({ edited_at: edited, deleted_at: deleted }) => edited && !deleted, draw: drawEdited },
  ".message-card": { has: ({ card, deleted_at: deleted }) => card && !deleted, draw: drawCard },
  ".message-pinned": { has: ({ pinned, deleted_at: deleted }) => pinned && !deleted, draw: drawPinned },
  ".attachments": { has: hasAttachments, draw: drawAttachments },
  ".previews": { has: ({ previews = [], deleted_at: deleted }) => previews.length && !deleted, draw: drawPreviewsLater },
  ".reactions": { has: hasReactions, draw: drawReactions },
  ".message-state": { has: isUnderWay, draw: drawState },
};

// `message`: of messaging/timeline.js. `pattern`: the <template>. `reader`: {me, may, nameOf(userId)}.
export function drawRow(pattern, message, reader) {
  const row = pattern.content.firstElementChild.cloneNode(true);
  redrawRow(row, pattern, message, reader);
  return row;
}

// Only what differs is touched, so that nothing is read aloud twice and no selection is lost.
export function redrawRow(row, pattern, message, reader) {
  const hadFocus = row.contains(document.activeElement);
  row.message = message;
  nameRow(row, message, reader);
  drawHead(row, message);
  drawBody(row, { ...message, ...wordingOf(message.edit) });
  for (const [name, { has, draw }] of Object.entries(OPTIONAL)) {
    if (has(message, reader)) draw(restored(row, pattern, name), message, reader);
    else standing(row, name)?.remove();
  }
  foldLong(row, message);
  markSaved(row);
  setStops(row);
  if (hadFocus && !row.contains(document.activeElement)) row.firstElementChild.focus({ preventScroll: true }); // what had it is gone
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

function standing(row, name) {
  return row.firstElementChild.querySelector(`:scope > ${name}`);
}

// Parts stand in the order of the pattern; one that was left out comes back before its next neighbour.
function restored(row, pattern, name) {
  const model = pattern.content.querySelector(name);
  const next = () => [...followers(model)].map((one) => standing(row, `.${one.classList[0]}`)).find(Boolean);
  return standing(row, name) ?? row.firstElementChild.insertBefore(model.cloneNode(true), next() ?? null);
}

function* followers(element) {
  for (let next = element.nextElementSibling; next; next = next.nextElementSibling) yield next;
}

function drawHead(row, { id, seq, user_id: userId, display_name: name = "", avatar = null, is_bot: isBot = false, timestamp }) {
  row.toggleAttribute("data-bot", isBot);
  showFace(row.querySelector(".avatar"), userId, name, avatar);
  drawAuthor(row.querySelector(".message-author"), userId, name);
  row.querySelector(".message-link").href = `?around=${seq}#message-${id}`;
  const time = row.querySelector("time");
  if (time.dateTime === timestamp) return;
  time.dateTime = timestamp;
  row.querySelector("local-time").refresh?.();
}

function drawAuthor(author, userId, name) {
  if (author.textContent !== name) author.textContent = name;
  setData(author, "person", userId);
  if (userId) author.href = `/messaging/person/${userId}/`;
  else author.removeAttribute("href");
}

function drawQuote(quote, { reply_to: quoted }) {
  quote.href = `?around=${quoted.seq}#message-${quoted.message_id}`;
  quote.querySelector("b").textContent = quoted.display_name;
  quote.querySelector(".truncate").textContent = quoted.excerpt;
}

function drawForwarded(line, { forwarded }) {
  line.href = forwarded.url;
  line.querySelector("b").textContent = forwarded.display_name;
  line.querySelector("time").dateTime = forwarded.timestamp;
  line.querySelector("local-time").refresh?.();
}

function drawEdited(mark, { id }) {
  mark.href = `/messaging/message/${id}/versions/`;
}

function drawCard(chip, { card }) {
  chip.dataset.task = card;
  import("elements/cards/task-chip.js");
}

function drawPinned(mark, { pinned }) {
  mark.querySelector("span").textContent = gettext("Pinned by {name}", { name: pinned.display_name });
}

function isFolded({ message: text = "", deleted_at: deleted }) {
  return !deleted && isLong(text);
}

function foldLong(row, message) {
  row.toggleAttribute("data-long", isFolded(message));
  fold(row, isFolded(message) && row.hasAttribute("data-open"));
}

function wordingOf(edit) {
  return edit && edit.text !== null && { message: edit.text, html: null };
}

function drawBody(row, { message: text = "", html, deleted_at: deleted }) {
  const body = row.querySelector(".message-body");
  const shown = deleted ? gettext("Message deleted") : html ?? text;
  if (body.shown === shown) return;
  const isDrawn = body.shown === undefined && (html && !deleted ? body.innerHTML : body.textContent) === shown; // by the server
  body.shown = shown;
  if (!isDrawn) fillBody(body, shown, { isMarkup: Boolean(html) && !deleted });
  if (!isDrawn || html) body.classList.toggle("only-emoji", !deleted && isOnlyEmoji(body, html));
  if (html && body.querySelector("pre, table")) dressLater(row, body);
}

function fillBody(body, shown, { isMarkup }) {
  body.classList.toggle("prose", isMarkup);
  body.classList.toggle("plain", !isMarkup);
  const isOpen = Boolean(body.querySelector(":scope > details[open]"));
  if (isMarkup) body.innerHTML = shown; // sanitised by the server, and only ever by it
  else body.textContent = shown;
  if (isOpen) body.querySelector(":scope > details")?.toggleAttribute("open", true);
}

function isOnlyEmoji({ textContent }, html) {
  return !/<(?!\/?p>)/.test(html ?? "") && ONLY_EMOJI.test(textContent.trim());
}

async function drawPreviewsLater(list, _, reader) {
  const { drawPreviews } = await import("elements/timeline/message/previews.js");
  const row = list.closest(".message");
  if (!row) return;
  drawPreviews(list, row.message, reader);
  setStops(row);
}

async function dressLater(row, body) {
  const { dressCode } = await import("elements/timeline/message/code-block.js");
  dressCode(body);
  setStops(row);
}
