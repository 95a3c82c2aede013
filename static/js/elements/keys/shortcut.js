// On Apple's devices shortcuts are held with ⌘, since Ctrl moves about in text there; on others they are held with Ctrl.
export const IS_APPLE = /Macintosh|iPhone|iPad|iPod/.test(globalThis.navigator?.userAgent);

// Whether that key is held, and the other one is not.
export function isShortcut({ ctrlKey, metaKey }) {
  return IS_APPLE ? metaKey && !ctrlKey : ctrlKey && !metaKey;
}
