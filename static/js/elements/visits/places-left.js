// The places one has left, for coming back to by the back button: how far a page was scrolled, and what was read there.
//
// They are kept under the key of the history's entry, for when "popstate" is heard the entry is another one already.
let last = 0;

// A name for an entry of the history, and the address it was entered from.
export function newEntry(from = null) {
  return { key: `${Date.now()}-${(last += 1)}`, from };
}

export class PlacesLeft {
  #places = new Map();

  leave(key) {
    this.#places.set(key, { scrolled: document.querySelector(".app > .main").scrollTop, message: messageRead() });
  }

  // {scrolled, message: {id, seq, top}} or nothing.
  of(key) {
    return this.#places.get(key);
  }
}

// The message at the top of a timeline, unless one was at its end.
function messageRead() {
  const scroller = document.querySelector(".timeline-scroll");
  if (!scroller || scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 48) return null;
  const edge = scroller.getBoundingClientRect().top;
  const row = [...scroller.querySelectorAll(".message[data-seq]")].find((one) => one.getBoundingClientRect().bottom > edge);
  return row ? { id: row.id, seq: row.dataset.seq, top: row.getBoundingClientRect().top - edge } : null;
}

export function returnTo({ scrolled, message }) {
  document.querySelector(".app > .main").scrollTop = scrolled;
  const row = message && document.getElementById(message.id);
  if (!row) return;
  const scroller = row.closest(".timeline-scroll");
  scroller.scrollTop += row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - message.top;
}
