// The language in which a page was loaded last in any tab of this browser: where it is another than a page's own, what that
// page has made ready is of no use any more.
const KEPT = "prizmai-language";

export function noteLanguage() {
  try {
    localStorage.setItem(KEPT, document.documentElement.lang);
  } catch {
    // Without storage each tab knows its own.
  }
}

export function latestLanguage() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
