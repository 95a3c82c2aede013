// What the server draws of this page by now, and those parts of it that are marked data-part put in place of the old ones.
import { keepFocus } from "elements/common/focus.js";
import { putBy } from "elements/offline/put-by.js";
import { patience } from "live/patience.js";

// A document; null when it cannot be had. What is said once is not on it: it waits for the next page that is opened.
export async function pageNow({ signal }) {
  const text = await fetched(signal).catch(() => null);
  return text === null ? null : new DOMParser().parseFromString(text, "text/html");
}

// What somebody is writing in is left as it is.
export function renewParts(page, within = document) {
  for (const fresh of page.querySelectorAll("[data-part]")) {
    const shown = within.querySelector(`[data-part="${fresh.dataset.part}"]`);
    if (shown && !shown.querySelector("input:focus, textarea:focus, select:focus")) renew(shown, fresh);
  }
}

function renew(shown, fresh) {
  const focused = document.activeElement;
  const isUnfolded = shown.querySelector("details")?.open ?? false;
  const draw = () => {
    shown.replaceChildren(...document.adoptNode(fresh).childNodes);
    shown.querySelector("details")?.toggleAttribute("open", isUnfolded);
  };
  keepFocus(draw, () => twin(shown, focused));
}

function twin(shown, { localName, ariaLabel, textContent }) {
  return [...shown.querySelectorAll(localName)].find((one) => one.ariaLabel === ariaLabel && one.textContent === textContent);
}

async function fetched(signal) {
  const answer = await fetch(location.pathname + location.search, { signal: patience(signal), headers: { Accept: "text/html", "Prizmai-Without": "notices" } });
  if (!answer.ok) return null;
  const text = await answer.text();
  putBy(answer, text);
  return text;
}
