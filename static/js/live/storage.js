// Reading what a browser has stored, where it may store anything.

// The storage of that name, such as "localStorage", or undefined: where storage is forbidden, asking for it may throw.
export function reachable(name) {
  try {
    return globalThis[name];
  } catch {
    return undefined;
  }
}

// The value of a stored JSON text; null for none, or for a text that is not JSON.
export function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
