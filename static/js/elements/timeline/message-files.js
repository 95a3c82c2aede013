// The files of a message: pictures in a box of known height, the rest by name and size.
import { icon } from "elements/icon.js";
import { make } from "elements/make.js";

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

function sizeInWords(bytes) {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  const size = bytes / 1024 ** step;
  return `${size < 10 && step > 0 ? size.toFixed(1) : Math.round(size)} ${UNITS[step]}`;
}

function itemOf(file) {
  const link = make("a", "attachment");
  link.href = file.url;
  if (PICTURE.test(file.content_type)) showPicture(link, file);
  else link.append(icon("file"), make("span", "truncate", file.name), make("span", "size", sizeInWords(file.size)));
  return make("li", "", link);
}

function showPicture(link, { url, name }) {
  const picture = make("img");
  picture.src = url;
  picture.alt = name;
  picture.loading = "lazy";
  link.classList.add("picture");
  link.append(picture);
}
