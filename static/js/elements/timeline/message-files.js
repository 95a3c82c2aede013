// The files of a message: pictures in boxes of their size, the rest by name and weight.
import { icon } from "elements/icon.js";
import { make } from "elements/make.js";
import { gettext, locale } from "language/gettext.js";

const PICTURE = /^image\/(png|jpeg|gif|webp|avif)$/;
const LARGEST = { width: 352, height: 288 }; // pixels of a picture in the timeline
const UNITS = [gettext("{size} B"), gettext("{size} KB"), gettext("{size} MB"), gettext("{size} GB")];

export function hasAttachments({ attachments = [], deleted_at: deleted }) {
  return attachments.length > 0 && !deleted;
}

export function drawAttachments(list, { attachments }) {
  const shown = attachments.map(({ id }) => id).join();
  list.shown ??= idsIn(list);
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

// What the server has drawn stays.
function idsIn(list) {
  return [...list.querySelectorAll("[data-file]")].map(({ dataset }) => dataset.file).join();
}

function sizeInWords(bytes) {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  const size = bytes / 1024 ** step;
  const digits = size < 10 && step > 0 ? 1 : 0;
  return UNITS[step].replace("{size}", size.toLocaleString(locale, { useGrouping: false, minimumFractionDigits: digits, maximumFractionDigits: digits }));
}

function itemOf(file) {
  if (!file.url) return make("li", "", fileOnItsWay(file));
  return make("li", "", PICTURE.test(file.content_type) ? pictureOf(file) : linkTo(file));
}

function linkTo({ id, url, name, size }) {
  const link = make("a", "attachment", icon("file-text"), make("span", "truncate", name), make("span", "size", sizeInWords(size)));
  link.href = url;
  link.dataset.file = id;
  return link;
}

// Until the server has it; the bar follows its upload (elements/page/uploads.js).
function fileOnItsWay({ id: key, name, size }) {
  const bar = make("progress");
  bar.max = 1;
  bar.value = 0;
  bar.dataset.upload = key;
  bar.setAttribute("aria-label", gettext("Uploading {name}", { name }));
  return make("span", "attachment on-its-way", icon("file"), make("span", "truncate", name), make("span", "size", sizeInWords(size)), bar);
}

function pictureOf(file) {
  const { id, url, name } = file;
  const [picture, box] = [make("img"), boxOf(file)];
  Object.assign(picture, box ?? {}, { src: `${url}?size=small`, alt: name, loading: "lazy", decoding: "async" });
  const link = make("a", `attachment picture${box ? "" : " unsized"}`, picture);
  link.href = url;
  link.dataset.file = id;
  return link;
}

// The place a picture takes, kept before it is there; null when nobody has measured it. As messaging/templatetags/messaging.py has it.
export function boxOf({ width, height }) {
  if (!width || !height) return null;
  const scale = Math.min(1, LARGEST.width / width, LARGEST.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
