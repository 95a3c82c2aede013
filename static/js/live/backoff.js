// How long to wait before trying again: twice as long each time, with full jitter, so that a crowd does not return at once.

const FIRST_CEILING_MS = 800; // no first try later than this
export const LAST_CEILING_MS = 5_000; // as late as a server that is back may be found while the chain lasts
export const ATTEMPTS_IN_CHAIN = 10;
export const REST_MS = [30_000, 60_000]; // between tries once the chain has ended

// Milliseconds before try number `attempt` (from 1); `random` gives a number in [0, 1).
export function waitBefore(attempt, random = Math.random) {
  if (attempt > ATTEMPTS_IN_CHAIN) return REST_MS[0] + random() * (REST_MS[1] - REST_MS[0]);
  return random() * Math.min(LAST_CEILING_MS, FIRST_CEILING_MS * 2 ** (attempt - 1));
}

// The same for what never rests: however many tries there were, no pause is longer than LAST_CEILING_MS.
export function waitAgain(attempt, random = Math.random) {
  return waitBefore(Math.min(attempt, ATTEMPTS_IN_CHAIN), random);
}
