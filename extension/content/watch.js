// Notices what changes after the first look, at the least cost: one observer, a budget that grows
// with the page, and nothing at all while the page is quiet.

const ENOUGH = 12; // new characters that are worth another look
const PURSE = 30; // milliseconds of looking that may be spent at once
const REFILL = 0.02; // and how much of the time comes back
const LONGEST_WAIT = 1_000;
const MOST_WAKES = 60; // looks at the folds that may be taken at once
const WAKE_EVERY = 1_000; // and how soon each comes back
const MOST_ROOTS = 50;
const MOST_HOLLOW = 30;
const REVEALS = ['class', 'style', 'hidden', 'open', 'inert', 'aria-hidden', 'aria-expanded'];

const watch = {
  /** @type {MutationObserver | null} */
  observer: null,
  /** Shadow roots and frame documents under watch. @type {Set<Node>} */
  roots: new Set(),
  /** Custom elements without content: they fill a shadow root without a mutation out here. @type {Element[]} */
  hollow: [],
  /** @type {ResizeObserver | null} */
  sizes: null,
  attributes: false,
  framed: false,
  fresh: 0,
  purse: PURSE,
  last: 0,
  queued: false,
  again: false,
  waking: false,
  wakes: 0,
  woken: 0,
  url: '',

  start() {
    if (this.observer) return;
    this.observer = new MutationObserver((records) => this.notice(records));
    this.url = address();
    this.observe(document);
  },

  stop() {
    this.observer?.disconnect();
    this.observer = null;
    this.hollowToo([]);
    this.roots.clear();
    this.attributes = false;
    this.fresh = 0;
  },

  /** @param {Node} root */
  observe(root) {
    this.observer?.observe(root, {
      subtree: true,
      childList: true,
      characterData: true,
      characterDataOldValue: true,
      ...(this.attributes && { attributes: true, attributeFilter: [ATTR, ...REVEALS] }),
    });
  },

  /** Also these shadow roots and frames. @param {Node[]} roots */
  include(roots) {
    for (const root of roots) {
      if (this.roots.has(root)) continue;
      this.roots.add(root);
      this.observe(root);
    }
    if (this.roots.size <= MOST_ROOTS) return;
    for (const root of this.roots) if (!isAlive(root)) this.roots.delete(root);
  },

  /** Filled, they take another size, or what is around them. @param {Element[]} hollow */
  hollowToo(hollow) {
    this.sizes?.disconnect();
    this.hollow = hollow.slice(0, MOST_HOLLOW);
    if (hollow.length === 0) return;
    this.sizes ??= new ResizeObserver(() => this.fill());
    for (const host of this.hollow) {
      this.sizes.observe(host);
      const parent = parentElementOf(host);
      if (parent) this.sizes.observe(parent);
    }
  },

  /** Looks again when one of them is hollow no more. */
  fill() {
    if (!this.hollow.some((host) => isReachable(host) && anyShadowRoot(host))) return;
    this.hollow = [];
    this.schedule();
  },

  /** Attributes matter only where something is folded. */
  attributesToo() {
    if (this.attributes || !this.observer) return;
    this.attributes = true;
    this.observe(document);
    for (const root of this.roots) {
      if (isAlive(root)) this.observe(root);
      else this.roots.delete(root);
    }
  },

  /** A frame of ours that loads another document shows no mutation here; images load, too, so not without need. */
  framesToo() {
    if (this.framed || dom.allIn(document, 'iframe').length === 0) return;
    this.framed = true;
    const loaded = (/** @type {Event} */ { target }) => {
      const frame = target instanceof HTMLIFrameElement && dom.frameDocument(target) !== null;
      if (frame && here.on) this.schedule();
    };
    dom.listen(document, 'load', loaded, true);
  },

  /** @param {MutationRecord[]} records */
  notice(records) {
    if (!alive()) return retire();
    /** @type {Set<Element>} */
    const added = new Set();
    let restless = false;
    for (const record of records) {
      // One piece of news is enough for a look.
      if (this.fresh >= ENOUGH && !memory.active && folds.list.length === 0) break;
      const { type, target } = record;
      if (type === 'attributes') {
        if (record.attributeName === ATTR) folds.defend(/** @type {Element} */ (target));
        else if (
          record.attributeName !== 'style' ||
          !sheet.inline.has(/** @type {Element} */ (target))
        )
          restless ||= concernsFolds(target);
      } else if (type === 'characterData') this.noticeText(target, record.oldValue ?? '', added);
      else if (this.noticeChildren(record, added))
        restless ||= effects.blocked || isFrameOfPage(target);
    }
    if (memory.active && added.size > 0 && folds.recall(memory.find(added))) this.fresh = ENOUGH;
    if (restless) this.wakeFolds();
    if (this.hollow.length > 0) this.fill();
    const moved = address() !== this.url;
    if (moved) navigated();
    if (this.fresh >= ENOUGH || moved) this.schedule();
  },

  /** A clock or a counter is no news. @param {Node} target @param {string} before @param {Set<Element>} added */
  noticeText(target, before, added) {
    const now = dom.data(target);
    if (now.length < 5_000 && normalise(now) === normalise(before)) return;
    this.fresh += Math.max(1, now.length - before.length);
    const parent = parentElementOf(target);
    if (parent) added.add(parent);
  },

  /** @param {MutationRecord} record @param {Set<Element>} added @returns {boolean} whether anything of the page's own came or went */
  noticeChildren({ target, addedNodes, removedNodes }, added) {
    let gone = '';
    let text = '';
    let real = false;
    for (const node of removedNodes) {
      if (isLine(node)) continue;
      real = true;
      if (dom.nodeType(node) === Node.TEXT_NODE) gone += dom.data(node);
    }
    for (const node of addedNodes) {
      const type = dom.nodeType(node);
      if (type === Node.TEXT_NODE) text += dom.data(node);
      if (type !== Node.ELEMENT_NODE || isLine(node)) continue;
      const element = /** @type {Element} */ (node);
      real = true;
      const role = ROLE_OF_TAG.get(dom.tag(element));
      if (role === SKIP || (role === LEAF && dom.tag(element) !== 'iframe')) continue;
      this.fresh += ENOUGH;
      added.add(element);
    }
    if (text && normalise(text) !== normalise(gone)) {
      this.fresh += text.length;
      if (dom.nodeType(target) === Node.ELEMENT_NODE) added.add(/** @type {Element} */ (target));
    }
    return real;
  },

  /** Something around folds changed: look once, before the next paint. */
  wakeFolds() {
    // The page took its appeal away: a lock from now on is another's.
    if (!effects.wanted) effects.release();
    if (this.waking) return;
    if (!effects.wanted && !folds.list.some((f) => !f.seen && !f.shown)) return;
    this.waking = true;
    const now = performance.now();
    this.wakes = Math.max(0, this.wakes - (now - this.woken) / WAKE_EVERY) + 1;
    this.woken = now;
    const wake = () =>
      requestAnimationFrame(() => {
        this.waking = false;
        if (!here.on) return;
        folds.wake();
        effects.settle();
      });
    if (this.wakes <= MOST_WAKES) wake();
    else setTimeout(wake, (this.wakes - MOST_WAKES) * WAKE_EVERY);
  },

  /** Queues one look; the dearer the page, the longer the pause. */
  schedule() {
    if (!here.on || dom.readyState(document) === 'loading') return;
    this.again = this.queued;
    if (this.queued) return;
    this.queued = true;
    const now = performance.now();
    this.purse = Math.min(PURSE, this.purse + (now - this.last) * REFILL);
    this.last = now;
    const rest = Math.min(-this.purse / REFILL, LONGEST_WAIT);
    if (rest > 0) setTimeout(() => this.look(), rest);
    else soon().then(() => this.look());
  },

  async look() {
    this.fresh = 0;
    this.again = false;
    this.framesToo();
    try {
      await judge();
    } catch (error) {
      leave('core_failed');
      console.debug('Fold Appeals:', error);
    }
    this.queued = false;
    if (this.again || this.fresh >= ENOUGH) this.schedule();
  },
};

/** The next task; unlike a timer it is not delayed in hidden tabs. @returns {Promise<void>} */
function soon() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

/** The address without its fragment. */
function address() {
  return location.href.split('#')[0];
}

/** Whether a root still belongs to the page. @param {Node} root */
function isAlive(root) {
  if (!isReachable(root)) return false;
  return dom.nodeType(root) === Node.DOCUMENT_NODE
    ? dom.view(/** @type {Document} */ (root)) !== null
    : dom.connected(root);
}

/** Where locks are set and backdrops put. @param {Node} target */
function isFrameOfPage(target) {
  return (
    target === dom.body(document) || target === dom.root(document) || target === dom.head(document)
  );
}

/** Whether an attribute there can reveal a fold or undo what was undone. @param {Node} target */
function concernsFolds(target) {
  if (effects.blocked || isFrameOfPage(target)) return true;
  for (const { elements, shown } of folds.list) {
    if (shown) continue;
    for (const e of elements) if (dom.contains(target, e) || dom.contains(e, target)) return true;
  }
  return effects.wanted && dom.all(/** @type {Element} */ (target), CONTENT).length > 0;
}

/** Whether a node is one of our lines. @param {Node} node */
function isLine(node) {
  return ours.has(node);
}
