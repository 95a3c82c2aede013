// What the close codes of the line mean (docs/wire.md, "Coming back").

export const RESTARTS = 1012;
export const MALFORMED = 4400;
export const SIGNED_OUT = 4401;
export const NOT_YOURS = 4403;
export const TOO_FAST = 4429;
export const TOO_SLOW_A_READER = 4510;

const FINAL = new Set([MALFORMED, SIGNED_OUT, NOT_YOURS]);

// True when trying again by ourselves would get the same answer.
export const isFinal = (code) => FINAL.has(code);
