// What is fetched when it is first used may be out of reach just then, or another on the server by now. Whoever asked for it is told,
// and loses nothing.
import { toast } from "elements/common/toast.js";
import { gettext } from "language/gettext.js";

const MISSING = /module/i; // as each browser words it

export function admitWhatIsMissing() {
  addEventListener("unhandledrejection", (event) => {
    if (!(event.reason instanceof TypeError && MISSING.test(event.reason.message))) return;
    event.preventDefault();
    toast(gettext("This could not be loaded. Check your network, or load the page anew."));
  });
}
