// What is done in a timeline by keys, under a thumb and with the clipboard.
import { onCopy } from "elements/timeline/copied.js";
import { listenToKeys } from "elements/timeline/keys.js";
import { onLongPress } from "elements/timeline/long-press.js";

// `asks`: a TimelineAsks.
export function takeInHand(list, asks) {
  listenToKeys(list, (action, row) => asks.act(action, row));
  onLongPress(list, (row, finger) => asks.choose(row, row.firstElementChild, finger));
  onCopy(list);
}
