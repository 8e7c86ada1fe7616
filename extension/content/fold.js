// Folds: which elements are hidden, and how each comes back exactly as it was. Hiding is one
// attribute with a random name; the user sheet of this frame does the rest.

// No secret, only a name that the page's own rules do not have: so no need for the slower crypto.
const ATTR = Array.from({ length: 12 }, () =>
  String.fromCharCode(97 + Math.floor(Math.random() * 26)),
).join('');

const MOST_FIGHTS = 3;

/**
 * @typedef {object} Fold
 * @property {number} id
 * @property {Element[]} elements
 * @property {string} text
 * @property {string} print fingerprint of the text
 * @property {Reason[]} reasons
 * @property {boolean} overlay gone without a line
 * @property {boolean} seen whether a person could have seen it
 * @property {boolean} shown whether it stands open: the person asked for it, or the page insists
 * @property {boolean} confirmed by the core; otherwise only remembered
 * @property {number} made when
 * @property {DOMRect | null} place where it stood
 * @property {HTMLElement | null} line
 */

const folds = {
  /** @type {Fold[]} */
  list: [],
  nextId: 1,
  /** Elements the person wants to see. @type {WeakSet<Element>} */
  wanted: new WeakSet(),
  /** How often the page brought a text back. @type {Map<string, number>} */
  fights: new Map(),
  /** Our own lines, so that the watch does not take them for news. @type {WeakSet<Node>} */
  lines: new WeakSet(),
  /** Texts whose elements left the document while folded. @type {Set<string>} */
  vanished: new Set(),

  /**
   * Makes the page look as the verdict says: keeps what still holds, releases what does not.
   * @param {VerdictFold[]} wished @param {Element[]} nodes @param {PageBlock[]} blocks
   * @param {number} began when the look began that led to this verdict
   */
  settle(wished, nodes, blocks, began) {
    this.prune();
    const released = new Set(this.list);
    /** @type {Fold[]} */
    const list = [];
    for (const wish of wished) {
      const elements = wish.elements.map((i) => nodes[i]);
      if (!elements.every(isFoldable)) continue;
      if (list.some((f) => f.elements.some((e) => dom.contains(e, elements[0])))) continue;
      const text = wish.text ?? wish.blocks.map((i) => blocks[i].t).join('\n');
      let fold = this.list.find((f) => sameElements(f.elements, elements));
      if (fold) released.delete(fold);
      else fold = this.make(elements, text, wish.overlay);
      fold.text = text.slice(0, 2_000);
      fold.reasons = wish.reasons;
      fold.confirmed = true;
      list.push(fold);
    }
    for (const fold of released) {
      // Remembered while the core was thinking about an earlier state: the next look confirms it.
      const early = !fold.confirmed && fold.made > began;
      if (early && !list.some((f) => f.elements.some((e) => dom.contains(e, fold.elements[0])))) {
        released.delete(fold);
        list.push(fold);
      } else this.reveal(fold);
    }
    this.list = list;
    for (const fold of list) if (!fold.shown) this.hide(fold);
    effects.settle();
    // What became part of a larger fold was right, too.
    const within = (/** @type {Fold} */ f) =>
      list.some((l) => l.elements.some((e) => dom.contains(e, f.elements[0])));
    memory.learn(
      list,
      [...released].filter((f) => !f.confirmed && !within(f)),
    );
  },

  /** Folds at once what was folded on this site before. @param {Element[]} elements */
  recall(elements) {
    this.prune();
    let any = false;
    for (const element of elements) {
      if (this.list.some((f) => f.elements.some((e) => e === element || dom.contains(e, element))))
        continue;
      const fold = this.make([element], dom.text(element).trim(), false);
      this.list.push(fold);
      if (!fold.shown) this.hide(fold);
      any = true;
    }
    if (any) effects.settle();
    return any;
  },

  /** @param {Element[]} elements @param {string} text @param {boolean} overlay @returns {Fold} */
  make(elements, text, overlay) {
    const print = fingerprint(normalise(text));
    if (this.vanished.delete(print)) this.fights.set(print, (this.fights.get(print) ?? 0) + 1);
    const insists = (this.fights.get(print) ?? 0) > MOST_FIGHTS;
    const shown = insists || elements.some((e) => this.wanted.has(e));
    return {
      id: this.nextId++,
      elements,
      text: text.slice(0, 2_000),
      print,
      reasons: [],
      overlay,
      seen: shown,
      shown,
      confirmed: false,
      made: performance.now(),
      place: null,
      line: null,
    };
  },

  /** Drops folds whose elements the page took away. */
  prune() {
    this.list = this.list.filter((fold) => {
      if (fold.elements.some((e) => isReachable(e) && dom.connected(e))) return true;
      if (!fold.shown) this.vanished.add(fold.print);
      this.reveal(fold);
      return false;
    });
  },

  /** @param {Fold} fold */
  hide(fold) {
    if (!fold.seen) this.measure(fold);
    const { overlay, elements } = fold;
    const arriving = !fold.seen && elements.some(inTransition);
    for (const element of elements) {
      topLayer.leave(element);
      mark(element, 'gone');
      if (!sheet.covers(element)) sheet.hideInline(element);
    }
    // Hidden, it skips the rest of its way: then where it stands can be seen.
    if (arriving) watch.wakeFolds();
    if (!fold.seen || overlay || fold.line) return;
    const anchor = elements[0];
    const parent = dom.parent(anchor);
    if (!parent) return;
    fold.line = makeLine(dom.document(anchor), () => this.show(fold));
    this.lines.add(fold.line);
    mark(fold.line, 'line');
    dom.insertBefore(parent, fold.line, anchor);
  },

  /** Notes whether a person could see it, and where. Needs it unmarked. @param {Fold} fold */
  measure(fold) {
    for (const element of fold.elements) {
      const part = visiblePart(element);
      if (!part) continue;
      fold.seen = true;
      fold.place = dom.rect(floating(part) ?? part);
      fold.overlay ||= isOverlay(part);
      return;
    }
  },

  /** A folded element may have been revealed by the page: then it is a fold that counts. */
  wake() {
    let any = false;
    for (const fold of this.list) {
      if (fold.seen || fold.shown) continue;
      for (const element of fold.elements) unmark(element, 'gone');
      this.hide(fold);
      any ||= fold.seen;
    }
    if (any) changed();
  },

  /** The page took our attribute off an element. @param {Element} element */
  defend(element) {
    const fold = this.list.find((f) => !f.shown && f.elements.includes(element));
    if (!fold || isMarked(element, 'gone')) return;
    const fights = (this.fights.get(fold.print) ?? 0) + 1;
    this.fights.set(fold.print, fights);
    if (fights <= MOST_FIGHTS) return mark(element, 'gone');
    fold.shown = true;
    this.reveal(fold);
    effects.settle();
    changed();
  },

  /** Puts a fold's elements back as the page made them. @param {Fold} fold */
  reveal(fold) {
    for (const element of fold.elements) {
      if (!isReachable(element)) continue;
      unmark(element, 'gone');
      sheet.showInline(element);
      topLayer.enter(element);
    }
    if (fold.line && isReachable(fold.line)) dom.remove(fold.line);
    fold.line = null;
  },

  /** The person wants it back. @param {Fold} fold */
  show(fold) {
    fold.shown = true;
    for (const element of fold.elements) this.wanted.add(element);
    this.reveal(fold);
    effects.settle();
    changed();
  },

  /** The person folds it again. @param {Fold} fold */
  hideAgain(fold) {
    fold.shown = false;
    for (const element of fold.elements) this.wanted.delete(element);
    this.measure(fold);
    this.hide(fold);
    effects.settle();
    changed();
  },

  /** A new address: what the person wanted there no longer counts here. */
  forget() {
    this.wanted = new WeakSet();
    this.fights.clear();
    this.vanished.clear();
  },

  /** Leaves the page as the publisher made it. */
  clear() {
    for (const fold of this.list) this.reveal(fold);
    this.list = [];
    effects.settle();
  },
};

/** The last guard before hiding: whatever the core says, never these. @param {Element | undefined} element */
function isFoldable(element) {
  if (!element || !dom.connected(element)) return false;
  if (/^(?:html|head|body|main|h1)$/.test(dom.tag(element))) return false;
  return dom.all(element, 'h1, main, body').length === 0;
}

/** @param {Element[]} a @param {Element[]} b */
function sameElements(a, b) {
  return a.length === b.length && a.every((e, i) => e === b[i]);
}
