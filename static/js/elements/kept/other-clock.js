// What hour that is for whom it is meant: <other-clock data-at="…" data-zone="Asia/Tokyo" data-name="Bob">. Empty where they live
// by the same clock.
import { there } from "elements/kept/when.js";

export class OtherClock extends HTMLElement {
  connectedCallback() {
    const { at, name, zone } = this.dataset;
    this.textContent = there(new Date(at), { name, zone });
  }
}

customElements.define("other-clock", OtherClock);
