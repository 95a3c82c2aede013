// A form that would load a page is not sent where there is no network: it would take away what is shown, and what was written.
import { OFFLINE } from "boards/requests.js";
import { toast } from "elements/common/toast.js";

// `connection`: a line of the page's. While that stands, the server may be on this very machine.
export function keepFormsHere(connection) {
  window.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method === "dialog" || navigator.onLine || connection.state === "open") return;
    event.preventDefault();
    toast(OFFLINE);
  });
}
