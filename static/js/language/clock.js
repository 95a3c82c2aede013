// 14:05 or 2:05 PM: as the reader's browser has it, if it speaks the language of the page; else as that language does.
import { locale } from "language/gettext.js";

const own = new Intl.DateTimeFormat().resolvedOptions().locale;
const ofClock = own.slice(0, 2) === locale.slice(0, 2) ? own : locale;

// Of the reader's own zone, unless another one is named.
export const clockOf = (timeZone) => new Intl.DateTimeFormat(ofClock, { timeStyle: "short", timeZone });
export const exactClock = new Intl.DateTimeFormat(ofClock, { dateStyle: "full", timeStyle: "short" });
