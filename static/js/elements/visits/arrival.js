// Arriving on a page: where the focus goes, and what is said of it aloud.
const WITH_KEYS_AT_HAND = matchMedia("(hover: hover) and (pointer: fine)");

// `focus`: "text" to go on writing where that is the custom, else "page".
export function arrive({ title, focus = "text" }) {
  announce(title);
  const text = focus === "text" && !location.hash && WITH_KEYS_AT_HAND.matches && document.querySelector("chat-composer");
  if (text) text.focus();
  else document.querySelector(".app > .main").focus({ preventScroll: true });
}

function announce(words) {
  announcer().textContent = words;
}

function announcer() {
  const found = document.getElementById("announcer");
  if (found) return found;
  const made = document.createElement("p");
  Object.assign(made, { id: "announcer", className: "visually-hidden", role: "status" });
  document.body.append(made);
  return made;
}

announcer(); // a live region that arrives with its words is not heard
