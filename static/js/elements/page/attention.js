// Whether someone is looking: the page is visible and has the focus.
export function isAttended() {
  return document.visibilityState === "visible" && document.hasFocus();
}

export function onAttention(listener, { signal } = {}) {
  const heard = () => isAttended() && listener();
  window.addEventListener("focus", heard, { signal });
  document.addEventListener("visibilitychange", heard, { signal });
}
