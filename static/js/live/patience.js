// How long an answer is waited for: a network that has died without a word never brings one, nor an end.

export const ANSWER_WITHIN_MS = 30_000;

// A signal that ends what hangs, and what `signal` ends.
export function patience(signal = null) {
  const spent = AbortSignal.timeout?.(ANSWER_WITHIN_MS);
  return signal && spent ? (AbortSignal.any?.([signal, spent]) ?? signal) : (signal ?? spent);
}
