// Modal dialogs keep the rest of the page inert even when they are not displayed, so a folded one is
// closed, silently, and opened again when it is shown.

const topLayer = {
  /** @type {WeakSet<Element>} */
  closed: new WeakSet(),
  /** Dialogs whose events the page does not get to see. @type {WeakSet<EventTarget>} */
  silent: new WeakSet(),
  listening: false,

  /** @param {Element} element about to be folded */
  leave(element) {
    for (const dialog of this.dialogsIn(element)) {
      if (!dom.matches(dialog, ':modal')) continue;
      this.hush(dialog);
      this.closed.add(dialog);
      dom.closeDialog(dialog);
    }
  },

  /** @param {Element} element shown again */
  enter(element) {
    for (const dialog of this.dialogsIn(element)) {
      if (!this.closed.delete(dialog) || !dom.connected(dialog)) continue;
      this.hush(dialog);
      try {
        dom.showModal(dialog);
      } catch {
        // the page opened it in another way meanwhile
      }
    }
  },

  /** @param {Element} element */
  dialogsIn(element) {
    const inside = /** @type {HTMLDialogElement[]} */ ([...dom.all(element, 'dialog')]);
    if (dom.tag(element) === 'dialog') inside.push(/** @type {HTMLDialogElement} */ (element));
    return inside;
  },

  /** @param {HTMLDialogElement} dialog */
  hush(dialog) {
    this.silent.add(dialog);
    setTimeout(() => this.silent.delete(dialog), 100);
    if (this.listening) return;
    this.listening = true;
    for (const type of ['close', 'toggle', 'beforetoggle'])
      dom.listen(
        window,
        type,
        (event) => {
          if (this.silent.has(event.target)) event.stopImmediatePropagation();
        },
        true,
      );
  },
};
