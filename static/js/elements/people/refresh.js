// The people of a conversation, and what may be done about it, as they are now: fetched when the conversation says so.
const PARTS = ["[data-people-part] .people", "[data-people-part] .count"];

export async function refreshPeople() {
  const response = await fetch(location.pathname).catch(() => null);
  if (!response?.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of PARTS) {
    const [shown, fresh] = [document.querySelector(part), page.querySelector(part)];
    if (shown && fresh && !shown.contains(document.activeElement)) shown.replaceChildren(...document.adoptNode(fresh).childNodes);
  }
}
