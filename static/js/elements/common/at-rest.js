// Resolves once the browser has nothing better to do, or after so many milliseconds.
export function atRest({ within = 2_000 } = {}) {
  return new Promise((rested) => (globalThis.requestIdleCallback ? requestIdleCallback(rested, { timeout: within }) : setTimeout(rested, within / 4)));
}
