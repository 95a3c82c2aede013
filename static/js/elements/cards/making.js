// Making a card of a message: what it is called and where it goes. The line then tells everybody that it was made.
import { post } from "elements/common/post.js";
import { toast } from "elements/common/toast.js";
import { openLeaf } from "elements/kept/leaf.js";
import { gettext } from "language/gettext.js";

const SOON_MS = 10_000;

export async function makeCard(message) {
  const leaf = await openLeaf(`/messaging/message/${message.id}/card/`, gettext("Make a card"));
  const form = leaf?.querySelector("form");
  if (!form) return;
  form.querySelector("[name=title]").select();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await post(form.action, new FormData(form));
    if (!answer || answer.refusal) return toast(answer?.refusal ?? gettext("There is no connection: try again in a moment."));
    leaf.close();
    toast(gettext("{title} is on the board.", answer.card));
  });
}

// Of my message with this key as soon as it is there, if that is soon: whoever waited has gone on to something else.
export function makeCardOf(key, { timeline }) {
  const noLonger = AbortSignal.timeout(SOON_MS);
  const look = () => {
    const message = timeline.withKey(key);
    if (noLonger.aborted || message?.state !== "sent") return;
    timeline.removeEventListener("put", look);
    makeCard(message);
  };
  timeline.addEventListener("put", look, { signal: noLonger });
  look();
}
