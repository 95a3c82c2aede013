// What is done in a timeline by keys and under a thumb.
import { listenToKeys } from "elements/timeline/keys.js";
import { onLongPress } from "elements/timeline/long-press.js";

// `asks`: a TimelineAsks.
export function takeInHand(list, asks) {
  listenToKeys(list, (action, row) => asks.act(action, row));
  onLongPress(list, (row, finger) => asks.choose(row, row.firstElementChild, finger));
}
