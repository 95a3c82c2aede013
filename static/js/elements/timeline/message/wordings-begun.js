// Wordings that are begun but not saved: they last until they are saved or given up, also when the page is left meanwhile.
const KEY = "prizmai-wording-"; // and the id of the message, or what else is worded

export function wordingBegun(id) {
  try {
    return sessionStorage.getItem(KEY + id);
  } catch {
    return null; // without storage it lasts as long as the form
  }
}

export function keepWording(id, text) {
  try {
    sessionStorage.setItem(KEY + id, text);
  } catch {}
}

export function forgetWording(id) {
  try {
    sessionStorage.removeItem(KEY + id);
  } catch {}
}
