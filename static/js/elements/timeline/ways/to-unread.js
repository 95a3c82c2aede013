// When the first unread message lies further back than what is shown, a button leads there.
export class ToUnread {
  #button;
  #seq;

  // `seq`: of the first unread. `go(seq)` resolves when it is in sight.
  constructor(button, { seq, isFurtherBack, go }) {
    this.#button = button;
    this.#seq = seq;
    button.hidden = !isFurtherBack;
    button.addEventListener("click", async () => {
      await go(this.#seq);
      this.done();
    });
  }

  done() {
    this.#button.hidden = true;
  }
}
