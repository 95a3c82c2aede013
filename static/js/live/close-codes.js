// What the close codes of the line mean (docs/wire.md, "Coming back").

export const FAULT = 1011;
export const RESTART = 1012;
export const MALFORMED = 4400;
export const SIGNED_OUT = 4401;
export const FORBIDDEN = 4403;
export const TOO_FAST = 4429;

const FINAL = new Set([MALFORMED, SIGNED_OUT, FORBIDDEN]);

// True when trying again by ourselves would get the same answer.
export const isFinal = (code) => FINAL.has(code);
