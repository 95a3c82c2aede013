// The cast of the browser's tests: a clock that stands still, a line that is cut on demand, a window, locks and people.

import "./bare-names.js";

export const ada = { id: 1, username: "ada", name: "Ada" };
export const bob = { id: 2, username: "bob", name: "Bob" };

export class FakeClock {
  #timers = new Map();
  #last = 0;
  time = 1_700_000_000_000;

  now = () => this.time;
  setTimeout = (task, wait = 0) => {
    this.#timers.set(++this.#last, { task, due: this.time + wait });
    return this.#last;
  };
  clearTimeout = (timer) => this.#timers.delete(timer);

  // Let time pass, every timer firing when it is due.
  pass(ms) {
    const end = this.time + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.time = Math.max(this.time, next.due);
      this.#fire(next);
    }
    this.time = end;
  }

  // The machine sleeps: time passes, and the timers fire late.
  sleep(ms) {
    this.time += ms;
    for (let next = this.#next(this.time); next; next = this.#next(this.time)) this.#fire(next);
  }

  get waiting() {
    return [...this.#timers.values()].map(({ due }) => due - this.time);
  }

  #fire({ timer, task }) {
    this.#timers.delete(timer);
    task();
  }

  #next(end) {
    const due = [...this.#timers].map(([timer, wait]) => ({ timer, ...wait })).filter((wait) => wait.due <= end);
    return due.sort((one, other) => one.due - other.due || one.timer - other.timer)[0];
  }
}

// The class of one page's sockets, which keeps them in `all`.
export function fakeWebSocket() {
  return class FakeSocket {
    static all = [];
    static get last() {
      return this.all.at(-1);
    }

    readyState = 0;
    sent = [];
    isAbandoned = false;

    constructor(url, protocols) {
      Object.assign(this, { url, protocols });
      FakeSocket.all.push(this);
    }

    send(text) {
      this.sent.push(JSON.parse(text));
    }

    close() {
      this.isAbandoned = true;
      this.readyState = 2;
    }

    opens() {
      this.readyState = 1;
      this.onopen?.({});
    }

    says(...frames) {
      for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) });
    }

    closes(code = 1006, reason = "") {
      this.readyState = 3;
      this.onclose?.({ code, reason });
    }

    sentOf(type) {
      return this.sent.filter((frame) => frame.type === type);
    }
  };
}

export class FakeWindow extends EventTarget {
  navigator = { onLine: true };
  document = { visibilityState: "visible" };
  location = { href: "http://localhost:8000/messaging/room/1/" };

  goesOffline() {
    this.navigator.onLine = false;
    this.dispatchEvent(new Event("offline"));
  }

  comesOnline() {
    this.navigator.onLine = true;
    this.dispatchEvent(new Event("online"));
  }

  becomes(visibility) {
    this.document.visibilityState = visibility;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

// Every event of these names, as [name, detail].
export function heard(target, ...names) {
  const events = [];
  for (const name of names) target.addEventListener(name, ({ detail }) => events.push([name, detail]));
  return events;
}

// Lets every promise and every IndexedDB request that is under way come to its end.
export async function settled() {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

// Web Locks (https://w3c.github.io/web-locks/) of one browser, as far as the tabs use them. Exclusive, first come first served.
export class FakeLocks {
  #queues = new Map();

  // What one tab sees of them, and `dies`, which gives back all it holds or waits for.
  forTab() {
    const asked = [];
    const request = (name, ...rest) => {
      const [options, work] = rest.length === 2 ? rest : [{}, rest[0]];
      return new Promise((resolve, reject) => {
        const ask = { name, work, resolve, reject };
        const queue = this.#queue(name);
        if (options.ifAvailable && queue.length) return resolve(work(null));
        asked.push(ask);
        queue.push(ask);
        if (queue.length === 1) this.#grant(ask);
      });
    };
    return { request, dies: () => asked.forEach((ask) => this.#release(ask)) };
  }

  #queue(name) {
    if (!this.#queues.has(name)) this.#queues.set(name, []);
    return this.#queues.get(name);
  }

  async #grant(ask) {
    await null;
    try {
      ask.resolve(await ask.work({ name: ask.name }));
    } catch (error) {
      ask.reject(error);
    }
    this.#release(ask);
  }

  #release(ask) {
    const queue = this.#queue(ask.name);
    const place = queue.indexOf(ask);
    if (place < 0) return;
    queue.splice(place, 1);
    if (place === 0 && queue.length) this.#grant(queue[0]);
  }
}

// BroadcastChannels of one browser: what one tab posts, the others hear, later.
export function fakeChannels() {
  const open = new Set();
  return class FakeChannel {
    constructor(name) {
      this.name = name;
      open.add(this);
    }

    postMessage(data) {
      const copy = structuredClone(data);
      for (const other of open) {
        if (other !== this && other.name === this.name) queueMicrotask(() => other.onmessage?.({ data: copy }));
      }
    }

    close() {
      open.delete(this);
    }
  };
}

// A message in the hangar as the server says it.
export function message(seq, fields = {}) {
  const { by = bob, revision = seq, ...rest } = fields;
  const author = { user_id: by.id, username: by.username, display_name: by.name };
  const said = { message: `Message ${seq}`, html: null, reply_to: null, attachments: [], reactions: {}, kind: "said" };
  return { type: "chat_message", id: 100 + seq, message_id: 100 + seq, client_id: null, seq, revision, ...author, ...said, ...rest };
}

export const range = (first, last) => Array.from({ length: last - first + 1 }, (_, place) => first + place);
