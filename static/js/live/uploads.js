// Uploads bring files to the server, each under a key of its own: whoever asks for the same key again shares the upload,
// and a key that the server knows already is not stored twice.
//
//   event "progress" (detail: {key, share: 0 to 1})

import { gettext } from "language/gettext.js";
import { browserClock } from "live/clock.js";

export const STALLED_AFTER_MS = 60_000; // without a byte that went: the line has died, and says nothing of it

const FINAL = [400, 404, 410, 413, 415, 422];

// `isFinal`: the server does not want this file. Otherwise it may be tried again, after `later` seconds if it said so;
// `isFault`: the server fell over it.
export class UploadError extends Error {
  constructor(reason, { isFinal = false, isFault = false, later = null } = {}) {
    super(reason);
    Object.assign(this, { isFinal, isFault, later });
  }
}

export class Uploads extends EventTarget {
  #running = new Map(); // key -> {request, promise, timer}
  #shares = new Map();
  #csrfToken;
  #Request;
  #clock;

  constructor({ csrfToken, Request = globalThis.XMLHttpRequest, clock = browserClock }) {
    super();
    this.#csrfToken = csrfToken;
    this.#Request = Request;
    this.#clock = clock;
  }

  shareOf(key) {
    return this.#shares.get(key) ?? 0;
  }

  // Resolves to the attachment, rejects with an UploadError.
  bring({ key, name, url, blob }) {
    const running = this.#running.get(key) ?? this.#begin({ key, name, url, blob });
    return running.promise;
  }

  // What was begun is not wanted any more.
  cancel(key) {
    this.#running.get(key)?.request.abort();
  }

  // XMLHttpRequest, because fetch still cannot tell how far an upload has come.
  #begin({ key, name, url, blob }) {
    const request = new this.#Request();
    const promise = new Promise((resolve, reject) => {
      request.onload = () => conclude(request, resolve, reject);
      request.onerror = () => reject(new UploadError(gettext("no connection")));
      request.onabort = () => reject(new UploadError("cancelled", { isFinal: true }));
    }).finally(() => this.#over(key));
    promise.catch(() => this.#progressed(key, 0));
    this.#running.set(key, { request, promise });
    request.open("POST", url);
    request.responseType = "json";
    request.setRequestHeader("X-CSRFToken", this.#csrfToken());
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = ({ loaded, total }) => this.#progressed(key, total ? loaded / total : 0);
    request.send(formOf({ key, name, blob }));
    this.#watch(key);
    return this.#running.get(key);
  }

  // What does not get on is given up, to be begun anew.
  #watch(key) {
    const running = this.#running.get(key);
    const { request } = running;
    this.#clock.clearTimeout(running.timer);
    running.timer = this.#clock.setTimeout(() => (request.onerror(), request.abort()), STALLED_AFTER_MS);
  }

  #over(key) {
    this.#clock.clearTimeout(this.#running.get(key).timer);
    this.#running.delete(key);
  }

  #progressed(key, share) {
    if (this.#running.has(key)) this.#watch(key);
    this.#shares.set(key, share);
    this.dispatchEvent(new CustomEvent("progress", { detail: { key, share } }));
  }
}

function formOf({ key, name, blob }) {
  const form = new FormData();
  form.append("key", key);
  form.append("file", blob, name);
  return form;
}

// Signed out, a stale token and a server in trouble concern the moment, not the file.
function conclude(request, resolve, reject) {
  const { status, response } = request;
  if (status >= 200 && status < 300 && response?.id) return resolve(response);
  const isRefused = FINAL.includes(status) || (status === 403 && response);
  const reason = response?.detail ?? (status === 413 ? gettext("too large") : gettext("not accepted"));
  const later = response?.retry_after ?? (Number(request.getResponseHeader?.("Retry-After")) || null);
  reject(new UploadError(reason, { isFinal: Boolean(isRefused && !response?.temporary), isFault: status === 500, later }));
}
