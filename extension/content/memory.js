// Texts that fold without asking, in the frame in which they appear: appeals that the core folded on
// this site before (it confirms them afterwards), and what the reader folded by hand. And texts that
// the reader called no appeal. Fingerprints only; in private windows only the reader's own.

const STRONG = 40; // a shorter text may be a line of a story: it only goes along with a longer one
const STRONG_BY_HAND = 16;
const LONGEST = 6_000;
const MOST_READ = 400_000; // characters a search may look at
const MOST_EMPTY = 3; // elements without text between two parts of an appeal

/** @typedef {{ elements: Element[], byHand: boolean }} Recalled */

const memory = {
  /** Prints of appeals, each with how many wrappers its element has inside. @type {Map<string, number>} */
  seen: new Map(),
  /** The same, folded by hand. @type {Map<string, number>} */
  mine: new Map(),
  /** Prints that are never folded. @type {Set<string>} */
  not: new Set(),
  /** Lengths of the known texts. @type {Set<number>} */
  lengths: new Set(),
  shortest: Infinity,
  longest: 0,

  get active() {
    return this.lengths.size > 0;
  },

  /** @param {unknown} stored what the core folded here before */
  load(stored) {
    const prints = /** @type {{ prints?: unknown } | undefined} */ (stored)?.prints;
    this.seen = chrome.extension.inIncognitoContext ? new Map() : depths(prints);
    this.measure();
  },

  /** @param {unknown} stored the reader's own corrections */
  loadMine(stored) {
    const { not, folds: own } = /** @type {{ not?: unknown, folds?: unknown }} */ (stored ?? {});
    this.not = new Set(depths(not).keys());
    this.mine = depths(own);
    this.measure();
  },

  measure() {
    this.lengths.clear();
    for (const known of [this.seen, this.mine])
      for (const print of known.keys()) this.lengths.add(Number.parseInt(print, 10));
    const strong = [...this.lengths].filter((n) => n >= STRONG_BY_HAND / 2);
    this.shortest = Math.min(...strong);
    this.longest = Math.max(0, ...strong);
  },

  /**
   * What is known in what was just added, or was completed by it.
   * @param {Set<Element>} added
   * @returns {Recalled[]}
   */
  find(added) {
    /** @type {Recalled[]} */
    const found = [];
    /** @type {Set<Element>} */
    const taken = new Set();
    let read = 0;
    /** @param {Element} element @returns {boolean} */
    const take = (element) => {
      if (taken.has(element)) return true;
      const byHand = this.knows(element);
      if (byHand === null) return false;
      const elements = this.withNeighbours(element);
      for (const e of elements) taken.add(e);
      found.push({ elements, byHand });
      return true;
    };
    for (const root of added) {
      const parent = parentElementOf(root);
      if (parent && added.has(parent)) continue;
      if (this.around(root).some(take)) continue;
      const stack = [root];
      for (let element = stack.pop(); element && read < MOST_READ; element = stack.pop()) {
        const { length } = dom.text(element);
        read += length;
        if (length < this.shortest || take(element)) continue;
        for (let child = dom.firstElement(element); child; child = dom.nextElement(child))
          stack.push(child);
      }
    }
    return found;
  },

  /** Elements around that an addition may have completed, outermost first. @param {Element} element */
  around(element) {
    const chain = [];
    for (let e = parentElementOf(element), n = 0; e && n < 5; e = parentElementOf(e), n++) {
      if (dom.text(e).length > this.longest * 4) break;
      chain.unshift(e);
    }
    return chain;
  },

  /** Whether an element's text is known: null, or whether by hand. @param {Element} element @returns {boolean | null} */
  knows(element) {
    const text = dom.text(element);
    if (text.length < this.shortest || text.length > this.longest * 4) return null;
    const length = normalLength(text);
    if (!this.lengths.has(length) || !isFoldable(element)) return null;
    const normalised = normalise(text);
    const print = fingerprint(normalised);
    if (this.not.has(print)) return null;
    const by = /** @type {const} */ ([
      [this.mine, STRONG_BY_HAND, true],
      [this.seen, STRONG, false],
    ]);
    for (const [known, strong, byHand] of by) {
      const depth = known.get(print);
      if (depth === undefined || weight(normalised) < strong) continue;
      // a wrapper that is still being filled holds, for a moment, the same text
      if (wrappersIn(element, length) <= depth) return byHand;
    }
    return null;
  },

  /** An appeal is often a run of siblings, some of them short. @param {Element} element */
  withNeighbours(element) {
    const run = [element];
    for (const step of [dom.previousSibling, dom.nextSibling]) {
      /** @type {Element[]} */
      let pending = [];
      for (let node = step(element); node && pending.length <= MOST_EMPTY; node = step(node)) {
        if (dom.nodeType(node) === Node.TEXT_NODE && hasInk(dom.data(node))) break;
        if (dom.nodeType(node) !== Node.ELEMENT_NODE || ours.has(node)) continue;
        const next = /** @type {Element} */ (node);
        pending.push(next);
        const text = dom.text(next);
        if (!hasInk(text)) continue;
        const length = normalLength(text);
        const print = this.lengths.has(length) ? fingerprint(normalise(text)) : '';
        if (!(this.seen.has(print) || this.mine.has(print)) || !isFoldable(next)) break;
        if (step === dom.nextSibling) run.push(...pending);
        else run.unshift(...pending.reverse());
        pending = [];
      }
    }
    return run;
  },

  /**
   * The prints of a fold, to be kept: of each part with a text, if one is long enough to stand for itself.
   * @param {Element[]} elements @param {number} strong
   */
  printsOf(elements, strong) {
    const prints = [];
    let enough = false;
    for (const element of elements) {
      const normalised = normalise(dom.text(element));
      const { length } = normalised;
      if (length === 0 || length > LONGEST) continue;
      enough ||= weight(normalised) >= strong;
      prints.push(`${fingerprint(normalised)}.${Math.min(wrappersIn(element, length), 99)}`);
    }
    return enough ? prints : [];
  },

  /** Whether the reader said that this is no appeal. @param {Element[]} elements @param {string} print */
  refuses(elements, print) {
    if (this.not.size === 0) return false;
    return (
      this.not.has(print) || elements.some((e) => this.not.has(fingerprint(normalise(dom.text(e)))))
    );
  },

  /** Learns what the core folded, and forgets what it did not confirm. @param {Fold[]} list @param {Fold[]} refused */
  learn(list, refused) {
    if (chrome.extension.inIncognitoContext) return;
    const confirmed = list.filter((f) => f.confirmed && !f.byHand && !f.wrong);
    const fresh = confirmed
      .flatMap((f) => this.printsOf(f.elements, STRONG))
      .filter((print) => !this.seen.has(plain(print)));
    const wrong = refused
      .flatMap((f) => f.elements.map((e) => fingerprint(normalise(dom.text(e)))))
      .filter((print) => this.seen.has(print));
    if (fresh.length + wrong.length === 0) return;
    for (const print of wrong) this.seen.delete(print);
    for (const [print, depth] of depths(fresh)) this.seen.set(print, depth);
    this.measure();
    ask({ type: 'remember', fresh, wrong });
  },
};

/** Prints as they are stored, with the number of wrappers at the end. @param {unknown} stored @returns {Map<string, number>} */
function depths(stored) {
  /** @type {Map<string, number>} */
  const known = new Map();
  if (!Array.isArray(stored)) return known;
  for (const print of stored)
    if (typeof print === 'string') known.set(plain(print), Number(print.split('.')[2] ?? 0));
  return known;
}

/** A print without the number of wrappers. @param {string} print */
function plain(print) {
  return print.split('.', 2).join('.');
}

/** How much a text says; a character of Chinese, Japanese or Korean says more. @param {string} normalised */
function weight(normalised) {
  return normalised.length + (normalised.match(/[\u3040-\u9fff\uac00-\ud7af]/g)?.length ?? 0);
}

/** How many elements inside, each in the other, hold the whole text again. @param {Element} element @param {number} length */
function wrappersIn(element, length) {
  let count = 0;
  for (let child = dom.firstElement(element); child; ) {
    if (normalLength(dom.text(child)) < length) child = dom.nextElement(child);
    else {
      count++;
      child = dom.firstElement(child);
    }
  }
  return count;
}
