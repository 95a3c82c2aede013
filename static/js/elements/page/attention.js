// Whether someone is looking: the page is visible and has the focus.
export function isAttended() {
  return document.visibilityState === "visible" && document.hasFocus();
}

export function onAttention(listener) {
  const heard = () => isAttended() && listener();
  window.addEventListener("focus", heard);
  document.addEventListener("visibilitychange", heard);
  return () => {
    window.removeEventListener("focus", heard);
    document.removeEventListener("visibilitychange", heard);
  };
}
