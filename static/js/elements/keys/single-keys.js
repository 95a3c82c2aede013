// Whether a letter alone does something. Who speaks to their machine, or comes upon keys by chance, can have it off (WCAG 2.1.4);
// that is kept in this browser.
const KEPT = "prizmai-single-keys";

export function areSingleKeysOn() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
}

export function turnSingleKeys(isOn) {
  try {
    localStorage.setItem(KEPT, isOn ? "on" : "off");
  } catch {
    // Without storage they stay on.
  }
}

// Whether a key is not to do anything by itself.
export function isIdle({ key, ctrlKey, metaKey, altKey }) {
  return [...key].length === 1 && !ctrlKey && !metaKey && !altKey && !areSingleKeysOn();
}
