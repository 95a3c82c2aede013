// Whether a message is meant to be deleted: asked before its text is gone.
import { ask } from "elements/common/question.js";
import { gettext } from "language/gettext.js";

export function isDeletionMeant() {
  return ask({ title: gettext("Delete this message?"), words: gettext("Its text goes for everybody; a mark stays where it was."), yes: gettext("Delete") });
}
