// What is done in a timeline by keys, under a thumb and with the clipboard.
import { onCopy } from "elements/timeline/hand/copied.js";
import { listenToKeys } from "elements/timeline/hand/keys.js";
import { onLongPress } from "elements/timeline/hand/long-press.js";

// `asks`: a TimelineAsks.
export function takeInHand(list, asks) {
  listenToKeys(list, (action, row) => asks.act(action, row));
  onLongPress(list, (row, finger) => asks.choose(row, row.firstElementChild, finger));
  onCopy(list);
}
