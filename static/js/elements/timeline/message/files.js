// The files of a message: pictures in boxes of their size, PDFs by their first page, the rest by name and weight.
import { icon } from "elements/common/icon.js";
import { make } from "elements/common/make.js";
import { gettext, locale } from "language/gettext.js";

const PICTURE = /^image\/(png|jpeg|gif|webp|avif)$/;
const LARGEST = { width: 352, height: 288 }; // pixels of a picture in the timeline
const UNITS = [gettext("{size} B"), gettext("{size} KB"), gettext("{size} MB"), gettext("{size} GB")];

export function hasAttachments({ attachments = [], deleted_at: deleted }) {
  return attachments.length > 0 && !deleted;
}

export function drawAttachments(list, { attachments }) {
  const shown = attachments.map((file) => nameOf(file.id, isPicture(file) || file.width)).join();
  list.shown ??= namesIn(list);
  if (list.shown !== shown) list.replaceChildren(...attachments.map(itemOf));
  list.shown = shown;
}

// `look(file, message)` for each plain click on a picture in a list of rows.
export function onPictures(list, look) {
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a.picture[data-file]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { message } = link.closest(".message");
    look(message.attachments.find(({ id }) => id === Number(link.dataset.file)), message);
  });
}

// What the server has drawn stays. The page of a PDF comes later, and then its file is drawn anew.
function namesIn(list) {
  return [...list.querySelectorAll("[data-file]")].map((link) => nameOf(link.dataset.file, link.querySelector("img"))).join();
}

function nameOf(id, isShown) {
  return isShown ? `${id} shown` : `${id}`;
}

function isPicture({ content_type: type }) {
  return PICTURE.test(type);
}

function sizeInWords(bytes) {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  const size = bytes / 1024 ** step;
  const digits = size < 10 && step > 0 ? 1 : 0;
  return UNITS[step].replace("{size}", size.toLocaleString(locale, { useGrouping: false, minimumFractionDigits: digits, maximumFractionDigits: digits }));
}

function itemOf(file) {
  if (!file.url) return make("li", "", fileOnItsWay(file));
  return make("li", "", isPicture(file) ? pictureOf(file) : file.width ? pageOf(file) : linkTo(file));
}

function linkTo(file) {
  return leading(file, make("a", "attachment", ...wordsOf(file)));
}

function pageOf(file) {
  return leading(file, make("a", "attachment with-page", smallOf(file, ""), make("span", "attachment-words", ...wordsOf(file))));
}

function wordsOf({ name, size }) {
  return [icon("file-text"), make("span", "truncate", name), make("span", "size", sizeInWords(size))];
}

function leading({ id, url }, link) {
  link.href = url;
  link.dataset.file = id;
  return link;
}

function smallOf(file, alt) {
  return Object.assign(make("img"), boxOf(file) ?? {}, { src: `${file.url}?size=small`, alt, loading: "lazy", decoding: "async" });
}

// Until the server has it; the bar follows its upload (elements/offline/uploads.js).
function fileOnItsWay({ id: key, name, size }) {
  const bar = make("progress");
  bar.max = 1;
  bar.value = 0;
  bar.dataset.upload = key;
  bar.setAttribute("aria-label", gettext("Uploading {name}", { name }));
  return make("span", "attachment on-its-way", icon("file"), make("span", "truncate", name), make("span", "size", sizeInWords(size)), bar);
}

function pictureOf(file) {
  return leading(file, make("a", `attachment picture${boxOf(file) ? "" : " unsized"}`, smallOf(file, file.name)));
}

// The place a picture takes, kept before it is there; null when nobody has measured it. As messaging/templatetags/messaging.py has it.
export function boxOf({ width, height }) {
  if (!width || !height) return null;
  const scale = Math.min(1, LARGEST.width / width, LARGEST.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
