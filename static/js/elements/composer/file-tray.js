// The tray of files that will go with the next message. Each is uploaded as soon as it is put there; whatever has not
// arrived when the message is said goes on from the outbox. What was a text in the field remembers it.
//
//   events "change", "dropped" (detail: the text that the file was made of, or null: somebody took it away)
import { readAloud } from "elements/common/read-aloud.js";
import { toast } from "elements/common/toast.js";
import { uploads } from "elements/offline/uploads.js";
import { gettext, locale } from "language/gettext.js";
import { waitAgain } from "live/backoff.js";
import { newId } from "live/new-id.js";

const LARGEST = 10 * 1024 * 1024; // bytes, as the server has it
const MOST = 10; // files of one message
const MEGABYTE = 1024 * 1024;

export class FileTray extends EventTarget {
  #list;
  #pattern;
  #url;
  #files = new Map(); // row -> {key, name, size, content_type, url, blob, uploaded, isRefused, text, attempts, timer}

  constructor(url) {
    super();
    this.#url = url;
  }

  // In this list, with rows like this pattern; what did not arrive is taken up again.
  show(list, pattern) {
    this.#list = list;
    this.#pattern = pattern;
    list.append(...this.#files.keys());
    for (const [row, { key }] of this.#files) showShare(row, uploads.shareOf(key));
    this.tryAgain();
    this.#changed();
  }

  // The page it was shown on goes; uploads go on.
  putAway() {
    this.show(document.createElement("ul"), null);
  }

  get hasRows() {
    return this.#files.size > 0;
  }

  get isEmpty() {
    return this.files.length === 0;
  }

  // What would go with the message now.
  get files() {
    return [...this.#files.values()].filter(({ isRefused }) => !isRefused);
  }

  add(blobs) {
    for (const blob of blobs) this.#add(blob);
    this.#changed();
  }

  // Whether the text is a file now.
  addText(text) {
    const isAdded = this.#add(new File([text], gettext("Text.txt"), { type: "text/plain" }), { text });
    this.#changed();
    return isAdded;
  }

  // The text in the field, and before it what became files: with that it is kept.
  withTexts(text) {
    return [...this.#texts, text].filter(Boolean).join("\n");
  }

  // Of what was kept, the part that is not here as a file. Where something else was kept meanwhile, files are but files.
  withoutTexts(text) {
    const start = this.withTexts("");
    if (text === start) return "";
    if (start && text.startsWith(`${start}\n`)) return text.slice(start.length + 1);
    for (const file of this.#files.values()) file.text = null;
    return text;
  }

  // They were with a message that did not go: {..., blob?}.
  putBack(files) {
    for (const file of files) this.#begin({ ...file, url: this.#url });
    this.#changed();
  }

  // Everything here goes with the message; what the server refused stays, to be seen.
  take() {
    const taken = this.files.map(({ isRefused, text, attempts, timer, ...file }) => file);
    for (const [row, { isRefused }] of [...this.#files]) if (!isRefused) this.#remove(row);
    this.#changed();
    return taken;
  }

  // The line is back.
  tryAgain() {
    for (const [row, file] of this.#files) if (row.dataset.state === "waiting") this.#bring(row, file);
  }

  // A server that was away comes back without a word. Each file waits by itself, lest all be tried whenever one is.
  #tryLater(row, file) {
    file.attempts = 1 + (file.attempts ?? 0);
    file.timer = setTimeout(() => this.#files.has(row) && this.#bring(row, file), waitAgain(file.attempts));
  }

  get #texts() {
    return [...this.#files.values()].map(({ text }) => text).filter(Boolean);
  }

  #add(blob, { text = null } = {}) {
    const flaw = flawOf(blob) ?? (this.files.length >= MOST ? gettext("{name}: a message may have {most} files at most.", { name: blob.name, most: MOST }) : null);
    if (flaw) toast(flaw);
    else this.#begin({ key: newId(), name: blob.name || gettext("file"), size: blob.size, content_type: blob.type, url: this.#url, blob, uploaded: null, text });
    return flaw === null;
  }

  #begin(file) {
    const row = this.#draw(file);
    this.#files.set(row, file);
    if (file.uploaded) row.querySelector("progress").remove();
    else this.#bring(row, file);
  }

  async #bring(row, file) {
    clearTimeout(file.timer);
    row.dataset.state = "uploading";
    this.#say(row, "");
    try {
      file.uploaded = { ...(await uploads.bring(file)) };
      file.uploadedAt = Date.now();
      row.dataset.state = "uploaded";
    } catch (error) {
      if (this.#files.get(row) !== file) return;
      file.isRefused = error.isFinal;
      row.dataset.state = error.isFinal ? "failed" : "waiting";
      this.#say(row, error.isFinal ? error.message : gettext("goes when the line is back"));
      this.#tell(row, file);
      if (!error.isFinal) this.#tryLater(row, file);
    }
    this.#changed();
  }

  #say(row, words) {
    row.querySelector(".composer-file-state").textContent = words;
  }

  // Once, however often it is tried; and to whoever is elsewhere by now, too.
  #tell(row, { name, attempts, isRefused }) {
    if (attempts && !isRefused) return;
    const words = `${name}: ${row.querySelector(".composer-file-state").textContent}`;
    if (this.#list.isConnected) readAloud(words);
    else toast(words);
  }

  #draw(file) {
    const row = this.#pattern.content.firstElementChild.cloneNode(true);
    const [progress, button] = [row.querySelector("progress"), row.querySelector("button")];
    row.querySelector(".truncate").textContent = file.name;
    row.title = `${file.name}, ${inWords(file.size)}`;
    progress.dataset.upload = file.key;
    progress.setAttribute("aria-label", gettext("Uploading {name}", file));
    button.setAttribute("aria-label", gettext("Take {name} away", file));
    button.addEventListener("click", () => this.#drop(row));
    this.#list.append(row);
    return row;
  }

  #drop(row) {
    const { key, text = null } = this.#files.get(row);
    this.#remove(row);
    uploads.cancel(key);
    this.#changed();
    this.dispatchEvent(new CustomEvent("dropped", { detail: text }));
  }

  #remove(row) {
    this.#files.delete(row);
    row.remove();
  }

  #changed() {
    this.#list.hidden = this.#list.children.length === 0;
    this.dispatchEvent(new Event("change"));
  }
}

// It may have come on while nobody looked.
function showShare(row, share) {
  const progress = row.querySelector("progress");
  if (progress) progress.value = share;
}

// Told before anything is sent.
function flawOf({ name, size }) {
  if (size === 0) return gettext("{name}: there is nothing in it.", { name });
  const most = inWords(LARGEST, 0);
  return size > LARGEST ? gettext("{name}: it has {size}, and a file may have {most} at most.", { name, size: inWords(size), most }) : null;
}

function inWords(bytes, digits = 1) {
  if (bytes < MEGABYTE) return gettext("{size} KB", { size: sized(Math.max(1, bytes / 1024), 0) });
  return gettext("{size} MB", { size: sized(bytes / MEGABYTE, digits) });
}

function sized(number, digits) {
  return number.toLocaleString(locale, { useGrouping: false, minimumFractionDigits: digits, maximumFractionDigits: digits });
}
