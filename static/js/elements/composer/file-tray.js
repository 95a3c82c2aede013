// The tray of files that will go with the next message; each is uploaded as soon as it is put there.
import { formToken } from "elements/post.js";

export class FileTray extends EventTarget {
  #list;
  #pattern;
  #url;
  #files = new Map(); // row -> uploaded file {id, name, size, url, content_type}, or null while it travels

  constructor(list, { pattern, url }) {
    super();
    this.#list = list;
    this.#pattern = pattern;
    this.#url = url;
  }

  get isBusy() {
    return [...this.#files.values()].includes(null);
  }

  get files() {
    return [...this.#files.values()].filter(Boolean);
  }

  add(files) {
    for (const file of files) this.#upload(file, this.#draw(file));
    this.#changed();
  }

  // Uploaded already, with a message that did not go.
  putBack(files) {
    for (const file of files) this.#done(this.#draw(file), file);
  }

  // Everything here goes with the message.
  take() {
    const files = this.files;
    this.#files.clear();
    this.#list.replaceChildren();
    this.#changed();
    return files;
  }

  #draw(file) {
    const row = this.#pattern.content.firstElementChild.cloneNode(true);
    row.querySelector(".truncate").textContent = file.name;
    row.querySelector("progress").setAttribute("aria-label", `Uploading ${file.name}`);
    row.querySelector("button").setAttribute("aria-label", `Take ${file.name} away`);
    row.querySelector("button").addEventListener("click", () => this.#drop(row));
    this.#list.append(row);
    this.#files.set(row, null);
    return row;
  }

  #drop(row) {
    row.request?.abort();
    row.remove();
    this.#files.delete(row);
    this.#changed();
  }

  // XMLHttpRequest, because fetch still cannot tell how far an upload has come.
  #upload(file, row) {
    const request = (row.request = new XMLHttpRequest());
    const form = new FormData();
    form.append("file", file);
    request.open("POST", this.#url);
    request.responseType = "json";
    request.setRequestHeader("X-CSRFToken", formToken());
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = ({ loaded, total }) => { row.querySelector("progress").value = loaded / total; };
    request.onload = () => (request.status < 300 ? this.#done(row, request.response) : this.#failed(row, reasonOf(request)));
    request.onerror = () => this.#failed(row, "no connection");
    request.send(form);
  }

  #done(row, uploaded) {
    row.querySelector("progress").remove();
    this.#files.set(row, uploaded);
    this.#changed();
  }

  #failed(row, reason) {
    row.dataset.state = "failed";
    row.querySelector("progress").remove();
    row.querySelector(".truncate").append(`: ${reason}`);
    this.#files.delete(row);
    this.#changed();
  }

  #changed() {
    this.#list.hidden = this.#list.children.length === 0;
    this.dispatchEvent(new Event("change"));
  }
}

function reasonOf({ status, response }) {
  if (response?.detail) return response.detail;
  return status === 413 ? "too large" : "not accepted";
}
