// The files of a message: pictures in a box of known height, the rest by name and size.
import { icon } from "elements/icon.js";

const PICTURE = /^image\/(png|jpeg|gif|webp|avif)$/;
const UNITS = ["B", "KB", "MB", "GB"];

// Whether there are any.
export function drawAttachments(list, { attachments = [], deleted_at: deleted }) {
  const wanted = deleted ? [] : attachments;
  const shown = wanted.map(({ id }) => id).join();
  if (list.shown !== shown) list.replaceChildren(...wanted.map(itemOf));
  list.shown = shown;
  return wanted.length > 0;
}

export function sizeInWords(bytes) {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  const size = bytes / 1024 ** step;
  return `${size < 10 && step > 0 ? size.toFixed(1) : Math.round(size)} ${UNITS[step]}`;
}

function itemOf(file) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = file.url;
  link.className = "attachment";
  if (PICTURE.test(file.content_type)) showPicture(link, file);
  else link.append(icon("file"), span("truncate", file.name), span("size", sizeInWords(file.size)));
  item.append(link);
  return item;
}

function showPicture(link, { url, name }) {
  const picture = document.createElement("img");
  picture.src = url;
  picture.alt = name;
  picture.loading = "lazy";
  link.classList.add("picture");
  link.append(picture);
}

function span(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}
