// The tray of files that will go with the next message. Each is uploaded as soon as it is put there; whatever has not
// arrived when the message is said goes on from the outbox.
import { toast } from "elements/page/toast.js";
import { uploads } from "elements/page/uploads.js";
import { newId } from "live/new-id.js";

const LARGEST = 10 * 1024 * 1024; // bytes, as the server has it
const MOST = 10; // files of one message
const MEGABYTE = 1024 * 1024;

export class FileTray extends EventTarget {
  #list;
  #pattern;
  #url;
  #files = new Map(); // row -> {key, name, size, content_type, url, blob, uploaded, isRefused}

  constructor(list, { pattern, url }) {
    super();
    this.#list = list;
    this.#pattern = pattern;
    this.#url = url;
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

  // They were with a message that did not go: {..., blob?}.
  putBack(files) {
    for (const file of files) this.#begin({ ...file, url: this.#url });
    this.#changed();
  }

  // Everything here goes with the message; what the server refused stays, to be seen.
  take() {
    const taken = this.files.map(({ isRefused, ...file }) => file);
    for (const [row, { isRefused }] of [...this.#files]) if (!isRefused) this.#remove(row);
    this.#changed();
    return taken;
  }

  // The line is back.
  tryAgain() {
    for (const [row, file] of this.#files) if (row.dataset.state === "waiting") this.#bring(row, file);
  }

  #add(blob) {
    const flaw = flawOf(blob) ?? (this.files.length >= MOST ? `a message may have ${MOST} files at most` : null);
    if (flaw) return toast(`${blob.name}: ${flaw}.`);
    this.#begin({ key: newId(), name: blob.name || "file", size: blob.size, content_type: blob.type, url: this.#url, blob, uploaded: null });
  }

  #begin(file) {
    const row = this.#draw(file);
    this.#files.set(row, file);
    if (file.uploaded) row.querySelector("progress").remove();
    else this.#bring(row, file);
  }

  async #bring(row, file) {
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
      this.#say(row, error.isFinal ? error.message : "goes when the line is back");
    }
    this.#changed();
  }

  #say(row, words) {
    row.querySelector(".composer-file-state").textContent = words;
  }

  #draw(file) {
    const row = this.#pattern.content.firstElementChild.cloneNode(true);
    const [progress, button] = [row.querySelector("progress"), row.querySelector("button")];
    row.querySelector(".truncate").textContent = file.name;
    row.title = `${file.name}, ${inWords(file.size)}`;
    progress.dataset.upload = file.key;
    progress.setAttribute("aria-label", `Uploading ${file.name}`);
    button.setAttribute("aria-label", `Take ${file.name} away`);
    button.addEventListener("click", () => this.#drop(row));
    this.#list.append(row);
    return row;
  }

  #drop(row) {
    const { key } = this.#files.get(row);
    this.#remove(row);
    uploads.cancel(key);
    this.#changed();
    this.dispatchEvent(new Event("dropped"));
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

// Told before anything is sent.
function flawOf({ size }) {
  if (size === 0) return "there is nothing in it";
  return size > LARGEST ? `it has ${inWords(size)}, and a file may have ${LARGEST / MEGABYTE} MB at most` : null;
}

function inWords(bytes) {
  return bytes < MEGABYTE ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;
}
