// The clock of the browser, which a test replaces by its own. Times are milliseconds.

export const browserClock = {
  // The time of day rather than performance.now(): on some systems that one stands still while the machine sleeps.
  now: () => Date.now(),
  setTimeout: (task, wait) => globalThis.setTimeout(task, wait),
  clearTimeout: (timer) => globalThis.clearTimeout(timer),
};
