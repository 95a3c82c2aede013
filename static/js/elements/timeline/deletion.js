// Whether a message is meant to be deleted: asked before its text is gone.
import { ask } from "elements/question.js";

export function isDeletionMeant() {
  return ask({ title: "Delete this message?", words: "Its text goes for everybody; a mark stays where it was.", yes: "Delete" });
}
