// Where one was in a timeline, kept in the browser's history: going back, or loading the page again, leads there.

// `place`: {seq, top}, or null at the end.
export function keepPlace(place) {
  history.replaceState({ ...history.state, seen: place }, "");
}

export function placeKept() {
  return history.state?.seen ?? null;
}

// A step within the page: what was in sight is kept, and the address names the message one has gone to.
export function stepTo(id, place) {
  keepPlace(place);
  history.pushState({ ...history.state, seen: null, steps: stepsTaken() + 1 }, "", `#message-${id}`);
}

// How many of them lie between here and where the page was entered.
export function stepsTaken() {
  return history.state?.steps ?? 0;
}

// The id and the place of the message that an address names, if it is on this page.
export function messageNamed({ pathname, search, hash }) {
  const id = Number(/^#message-(\d+)$/.exec(hash)?.[1]);
  if (!id || pathname !== location.pathname) return null;
  return { id, seq: Number(new URLSearchParams(search).get("around")) };
}

// `jump({id, seq})` for each plain click on a link to a message of this page.
export function onLinksToMessages(jump, { signal }) {
  const clicked = (event) => {
    const link = event.target.closest?.("a[href*='#message-']");
    const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const named = link && isPlain && link.origin === location.origin && messageNamed(link);
    if (!named) return;
    event.preventDefault();
    event.stopPropagation();
    jump(named);
  };
  document.addEventListener("click", clicked, { capture: true, signal });
}
