// The light this browser is to show: what was switched here last, until the profile says otherwise.
const KEPT = "prizmai-theme"; // read by base.html too, before anything is drawn

export function keepTheme(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEPT, theme);
  } catch {
    // Without storage it lasts as long as the page.
  }
}

// Whoever saves a theme in their profile means it for here as well.
export function followProfile() {
  document.addEventListener("submit", ({ target }) => target.elements.theme && keepTheme(target.elements.theme.value));
}
