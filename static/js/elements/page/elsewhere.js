// Messages left over in other conversations leave from whatever page is open.
import { formToken } from "elements/post.js";

const SOON_MS = 2_000; // a page that has just opened has better things to do

export function sendElsewhere(outbox, here) {
  let timer = null;
  const later = (seconds) => {
    clearTimeout(timer);
    if (seconds !== null) timer = setTimeout(send, seconds * 1_000);
  };
  const send = async () => later(await outbox.flushElsewhere({ here, csrfToken: formToken() }));
  timer = setTimeout(send, SOON_MS);
  window.addEventListener("online", send);
}
