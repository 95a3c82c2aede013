// The moments at which a page does well to look after its line: the network came or went, the person returned.

export class Wakes extends EventTarget {
  #window;
  #listening = null; // an AbortController

  constructor(window) {
    super();
    this.#window = window;
  }

  get isOnline() {
    return this.#window.navigator?.onLine !== false;
  }

  // From now on there are "online", "offline" and "visible" events.
  listen() {
    if (this.#listening || !this.#window.addEventListener) return;
    this.#listening = new AbortController();
    this.#hear("online", () => this.#say("online"));
    this.#hear("offline", () => this.#say("offline"));
    this.#hear("visibilitychange", () => this.#isVisible && this.#say("visible"));
    this.#hear("pageshow", (event) => event.persisted && this.#say("visible"));
    const { signal } = this.#listening; // a tab that was frozen in the background hears of it by its document alone
    this.#window.document?.addEventListener?.("resume", () => this.#say("visible"), { signal });
  }

  stop() {
    this.#listening?.abort();
    this.#listening = null;
  }

  get #isVisible() {
    return this.#window.document?.visibilityState === "visible";
  }

  #hear(name, listener) {
    this.#window.addEventListener(name, listener, { signal: this.#listening.signal });
  }

  #say(name) {
    this.dispatchEvent(new Event(name));
  }
}
