// Folds: which elements are hidden, and how each comes back exactly as it was. Hiding is one
// attribute with a random name; the user sheet of this frame does the rest.

// No secret, only a name that the page's own rules do not have: so no need for the slower crypto.
const ATTR = Array.from({ length: 12 }, () =>
  String.fromCharCode(97 + Math.floor(Math.random() * 26)),
).join('');

const MOST_FIGHTS = 3;
const MOST_MEASURED = 8;

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
 * @property {boolean} bare whether it stands open without a line
 * @property {boolean} wrong whether the person said that it is no appeal
 * @property {boolean} byHand whether the person folded it
 * @property {boolean} confirmed by the core; otherwise only remembered
 * @property {number} score
 * @property {string[]} links addresses in it, as its blocks have them
 * @property {number} made when
 * @property {DOMRect | null} place where it stood
 * @property {number} measured how often
 * @property {Line | null} line
 */

const folds = {
  /** @type {Fold[]} */
  list: [],
  nextId: 1,
  /** Elements the person wants to see. @type {WeakSet<Element>} */
  wanted: new WeakSet(),
  /** How often the page brought a text back. @type {Map<string, number>} */
  fights: new Map(),
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
      if (list.some((f) => within(elements, f.elements))) continue;
      let fold = this.list.find((f) => sameElements(f.elements, elements));
      // what the person folded stays as the person folded it
      if (!fold && this.list.some((f) => f.byHand && within(elements, f.elements))) continue;
      const text = wish.blocks.map((i) => blocks[i].t).join('\n');
      if (!fold && memory.refuses(elements, fingerprint(normalise(text)))) continue;
      if (fold) {
        released.delete(fold);
        fold.overlay ||= wish.overlay;
      } else fold = this.make(elements, text, wish.overlay);
      fold.text = text.slice(0, 2_000);
      fold.reasons = wish.reasons;
      fold.score = wish.score;
      fold.links = wish.blocks.flatMap((i) => blocks[i].h ?? []);
      fold.confirmed = !fold.byHand;
      list.push(fold);
    }
    /** @param {Fold} fold */
    const part = (fold) => list.some((f) => !f.shown && within(fold.elements, f.elements));
    for (const fold of released) {
      // Remembered while the core was thinking about an earlier state: the next look confirms it.
      const early = !fold.confirmed && fold.made > began;
      if ((early || fold.byHand) && !part(fold)) {
        released.delete(fold);
        list.push(fold);
      } else this.release(fold);
    }
    this.list = list;
    for (const fold of list) if (!fold.shown) this.hide(fold);
    effects.settle();
    // What became part of a larger fold was right, too.
    memory.learn(
      list,
      [...released].filter((f) => !f.confirmed && !part(f)),
    );
  },

  /** Folds at once what is known. @param {Recalled[]} recalled */
  recall(recalled) {
    this.prune();
    let any = false;
    for (const { elements, byHand } of recalled) {
      const free = elements.filter((e) => !this.list.some((f) => within([e], f.elements)));
      if (free.length === 0) continue;
      const fold = this.make(free, textOf(free), false);
      if (memory.refuses(free, fold.print)) continue;
      fold.byHand = byHand;
      this.list.push(fold);
      if (!fold.shown) this.hide(fold);
      any = true;
    }
    if (any) {
      // how the page goes on to show it
      watch.attributesToo();
      effects.settle();
    }
    return any;
  },

  /** @param {Element[]} elements @param {string} text @param {boolean} overlay @returns {Fold} */
  make(elements, text, overlay) {
    const print = fingerprint(normalise(text));
    if (this.vanished.delete(print)) this.fights.set(print, (this.fights.get(print) ?? 0) + 1);
    const insists = (this.fights.get(print) ?? 0) > MOST_FIGHTS;
    const open = this.list.filter((f) => f.shown);
    const shown =
      insists ||
      elements.some((e) => this.wanted.has(e)) ||
      open.some((f) => within(f.elements, elements) || within(elements, f.elements));
    return {
      id: this.nextId++,
      elements,
      text: text.slice(0, 2_000),
      print,
      reasons: [],
      overlay,
      seen: shown,
      shown,
      bare: shown,
      wrong: false,
      byHand: false,
      confirmed: false,
      score: 0,
      links: [],
      made: performance.now(),
      place: null,
      measured: 0,
      line: null,
    };
  },

  /** Drops folds whose elements the page took away, and unsure ones whose text it changed. */
  prune() {
    this.list = this.list.filter((fold) => {
      const { elements, confirmed, shown, print } = fold;
      const there = elements.some((e) => isReachable(e) && dom.connected(e));
      if (there && (confirmed || fingerprint(normalise(textOf(elements))) === print)) return true;
      if (!there && !shown) this.vanished.add(print);
      this.release(fold);
      return false;
    });
  },

  /** @param {Fold} fold */
  hide(fold) {
    if (!fold.seen) this.measure(fold);
    for (const element of fold.elements) {
      topLayer.leave(element);
      mark(element, 'gone');
      if (!sheet.covers(element)) sheet.hideInline(element);
    }
    fold.bare = false;
    this.drawLine(fold);
  },

  /** Puts the line where it belongs, or takes it away. @param {Fold} fold */
  drawLine(fold) {
    const { elements, seen, overlay, shown, bare } = fold;
    const parent = dom.parent(elements[0]);
    if (!here.line || !seen || overlay || (shown && bare) || !parent) {
      if (fold.line && isReachable(fold.line.host)) dom.remove(fold.line.host);
      fold.line = null;
      return;
    }
    if (fold.line) return fold.line.draw();
    const inList = /^(?:ul|ol|menu)$/.test(dom.tag(/** @type {Element} */ (parent)) ?? '');
    fold.line = new Line(dom.document(elements[0]), fold, inList);
    const { host } = fold.line;
    ours.add(host);
    mark(host, 'line');
    dom.insertBefore(parent, host, elements[0]);
  },

  /** The choices or the words changed. */
  drawLines() {
    for (const fold of this.list) this.drawLine(fold);
  },

  /** Notes whether a person could see it, and where. Leaves it unmarked. @param {Fold} fold */
  measure(fold) {
    effects.lift(fold.elements);
    for (const element of fold.elements) {
      unmark(element, 'gone');
      sheet.showInline(element);
    }
    fold.measured++;
    for (const element of fold.elements) {
      const seen = atRest(element, whereabouts) ?? whereabouts(element);
      if (!seen) continue;
      fold.seen = true;
      fold.place = seen.place;
      fold.overlay ||= seen.overlay;
      return;
    }
  },

  /** The page may have revealed a folded element, or given an overlay its last size. */
  wake() {
    let any = false;
    for (const fold of this.list) {
      const { seen, shown, overlay, measured } = fold;
      if (shown || (seen && (!overlay || measured > MOST_MEASURED))) continue;
      this.measure(fold);
      this.hide(fold);
      any ||= fold.seen && !seen;
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
    this.release(fold);
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
  },

  /** The same, and without a line. @param {Fold} fold */
  release(fold) {
    fold.bare = true;
    this.reveal(fold);
    if (fold.line && isReachable(fold.line.host)) dom.remove(fold.line.host);
    fold.line = null;
  },

  /** The person wants it back. @param {Fold} fold @param {boolean} [bare] without a line to fold it again */
  show(fold, bare = false) {
    fold.shown = true;
    fold.bare = bare;
    for (const element of fold.elements) this.wanted.add(element);
    this.reveal(fold);
    this.drawLine(fold);
    effects.settle();
    changed();
  },

  /** The person says that it is no appeal: not here, not again. @param {Fold} fold */
  refuse(fold) {
    fold.wrong = true;
    fold.line?.reset();
    this.show(fold);
    fold.line?.copy.focus();
    corrections.refuse(fold);
  },

  /** The person points at something to fold. @param {Element[]} elements */
  foldByHand(elements) {
    for (const element of elements) this.wanted.delete(element);
    const old = this.list.find((f) => sameElements(f.elements, elements));
    const fold = old ?? this.make(elements, textOf(elements), false);
    const parts = this.list.filter((f) => f !== old && within(f.elements, elements));
    for (const part of parts) this.release(part);
    this.list = this.list.filter((f) => f !== old && !parts.includes(f));
    this.list.push(fold);
    fold.byHand = true;
    fold.confirmed = false;
    fold.print = fingerprint(normalise(textOf(elements)));
    if (!sheet.ready) sheet.want();
    watch.attributesToo();
    corrections.keep(fold, namesOf(fold));
    this.hideAgain(fold);
  },

  /** The person folds it again. @param {Fold} fold */
  hideAgain(fold) {
    if (fold.wrong) corrections.takeBack(fold);
    fold.wrong = false;
    fold.shown = false;
    fold.line?.reset();
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

  /** Leaves the page as the publisher made it, but for what the person folded. @param {boolean} [all] also that */
  clear(all = false) {
    this.list = this.list.filter((fold) => {
      if (fold.byHand && !all) return true;
      this.release(fold);
      return false;
    });
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

/** Whether elements stand in others. @param {Element[]} inner @param {Element[]} outer */
function within(inner, outer) {
  return outer.some((e) => isReachable(e) && dom.contains(e, inner[0]));
}

/** @param {Element[]} elements */
function textOf(elements) {
  return elements.map((e) => dom.text(e).trim()).join('\n');
}
