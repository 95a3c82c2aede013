// Whose clock a time is by, in the lists of what is kept for later.
import { asField, there } from "elements/kept/when.js";

// A field of kind datetime-local in a form of its own: <own-clock data-at="…">. It is by the clock of this browser, as times in
// its pages are, which need not be the one of its person's profile, by which the server reads a time without an offset.
export class OwnClock extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("input");
    if (this.dataset.at) field.value = field.defaultValue = asField(new Date(this.dataset.at));
    field.form.addEventListener("formdata", ({ formData }) => formData.set(field.name, new Date(field.value).toISOString()));
  }
}

// What hour that is for whom it is meant: <other-clock data-at="…" data-zone="Asia/Tokyo" data-name="Bob">. Empty where they live
// by the same clock.
export class OtherClock extends HTMLElement {
  connectedCallback() {
    const { at, name, zone } = this.dataset;
    this.textContent = there(new Date(at), { name, zone });
  }
}

customElements.define("own-clock", OwnClock);
customElements.define("other-clock", OtherClock);
