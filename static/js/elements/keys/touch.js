// Where keys are on the screen, Enter is for the next line, and a button sends.
export const TOUCH = matchMedia("(hover: none) and (pointer: coarse)");

// Whether this key is to send what was written.
export function sends({ key, shiftKey, altKey, ctrlKey, metaKey }) {
  return key === "Enter" && !shiftKey && !altKey && (!TOUCH.matches || ctrlKey || metaKey);
}
