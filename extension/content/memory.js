// Appeals that the core folded on this site before, by fingerprint only. They fold in the frame in
// which they appear; the core confirms afterwards. Never in private windows.

// Off: on a second visit a remembered part could keep the rest of its appeal from folding
// (tests/pages/lang-pl-wesprzyj). To be switched on with a fix and the test for it.
const REMEMBERS = true;
const SHORTEST = 20;
const LONGEST = 6_000;
const LOOKS = 300;

const memory = {
  /** @type {Set<string>} */
  known: new Set(),
  shortest: Infinity,
  longest: 0,

  get active() {
    return this.known.size > 0;
  },

  /** @param {unknown} stored the value kept for this site */
  load(stored) {
    const prints = /** @type {{ prints?: unknown } | undefined} */ (stored)?.prints;
    this.clear();
    if (!REMEMBERS || !Array.isArray(prints) || chrome.extension.inIncognitoContext) return;
    for (const print of prints) if (typeof print === 'string') this.add(print);
  },

  /** @param {string} print */
  add(print) {
    const length = Number.parseInt(print, 10);
    if (!(length >= SHORTEST && length <= LONGEST)) return;
    this.known.add(print);
    this.shortest = Math.min(this.shortest, length);
    this.longest = Math.max(this.longest, length);
  },

  clear() {
    this.known.clear();
    this.shortest = Infinity;
    this.longest = 0;
  },

  /** @param {Element} element @returns {string | null} its fingerprint if its text has a usable length */
  printOf(element) {
    const text = dom.text(element);
    if (text.length < SHORTEST || text.length > LONGEST * 4) return null;
    const normalised = normalise(text);
    return normalised.length >= SHORTEST && normalised.length <= LONGEST
      ? fingerprint(normalised)
      : null;
  },

  /**
   * Known appeals in what was just added, outermost first.
   * @param {Iterable<Element>} roots
   * @returns {Element[]}
   */
  find(roots) {
    /** @type {Element[]} */
    const found = [];
    const stack = [...roots];
    for (let looks = 0; stack.length > 0 && looks < LOOKS; looks++) {
      const element = /** @type {Element} */ (stack.pop());
      const { length } = dom.text(element);
      if (length < this.shortest) continue;
      const print = length <= this.longest * 4 ? this.printOf(element) : null;
      if (print && this.known.has(print) && isFoldable(element)) {
        found.push(element);
        continue;
      }
      for (let child = dom.firstElement(element); child; child = dom.nextElement(child))
        stack.push(child);
    }
    return found;
  },

  /** Learns what the core folded, and forgets what it did not confirm. @param {Fold[]} list @param {Fold[]} refused */
  learn(list, refused) {
    if (!REMEMBERS || chrome.extension.inIncognitoContext) return;
    /** @type {string[]} */
    const fresh = [];
    for (const fold of list) {
      for (const element of fold.elements) {
        const print = this.printOf(element);
        if (!print || this.known.has(print)) continue;
        this.add(print);
        fresh.push(print);
      }
    }
    /** @type {string[]} */
    const wrong = [];
    for (const fold of refused) {
      for (const element of fold.elements) {
        const print = this.printOf(element);
        if (print && this.known.delete(print)) wrong.push(print);
      }
    }
    if (fresh.length + wrong.length > 0) ask({ type: 'remember', fresh, wrong });
  },
};
