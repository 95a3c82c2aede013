// What the groups of emoji, which vendor/gemoji has in English, are called.
import { gettext } from "language/gettext.js";

export const GROUPS = {
  "Smileys & Emotion": gettext("Smileys & Emotion"),
  "People & Body": gettext("People & Body"),
  "Animals & Nature": gettext("Animals & Nature"),
  "Food & Drink": gettext("Food & Drink"),
  "Travel & Places": gettext("Travel & Places"),
  Activities: gettext("Activities"),
  Objects: gettext("Objects"),
  Symbols: gettext("Symbols"),
  Flags: gettext("Flags"),
};
