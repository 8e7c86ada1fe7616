// What an overlay appeal did to the page around it: backdrop, scroll lock, blur, inert content,
// push-down space. Undone only while such a fold exists and nothing else covers the page; every
// mark is taken back when the fold is shown.

/** Places of the viewport where something that covers the page must be. */
const PROBES = [
  [0.5, 0.5],
  [0.5, 0.35],
  [0.3, 0.5],
  [0.7, 0.5],
  [0.5, 0.65],
];
const LOCKS = ['root', 'free', 'still', 'scroll', 'sharp', 'use'];
const CONTENT = 'article, main, [role="main"], h1';

const effects = {
  /** @type {Map<Element, Set<string>>} */
  marks: new Map(),
  /** @type {{ element: Element, name: string, value: string, later: Attr[] }[]} */
  attributes: [],
  /** Whether something else covers the page, which will let go of it in its own way. */
  blocked: false,

  /** Whether an overlay appeal is folded away right now. */
  get wanted() {
    return folds.list.some(
      (f) =>
        f.overlay &&
        f.seen &&
        !f.shown &&
        f.elements.some((e) => isReachable(e) && dom.connected(e)),
    );
  },

  /** After any change of the folds. */
  settle() {
    if (!this.wanted) return this.release();
    this.undo();
  },

  /** Takes veils off elements that are to be looked at; undo() puts them back. @param {Element[]} elements */
  lift(elements) {
    for (const [veil, words] of this.marks) {
      if (!words.has('veil') || !isReachable(veil)) continue;
      if (!elements.some((e) => dom.contains(veil, e) || dom.contains(e, veil))) continue;
      words.delete('veil');
      unmark(veil, 'veil');
    }
  },

  /** @param {Element} element @param {string} name */
  add(element, name) {
    const words = this.marks.get(element) ?? new Set();
    this.marks.set(element, words.add(name));
    mark(element, name);
  },

  undo() {
    if (!sheet.ready) sheet.want();
    this.pushDown();
    // Something else is open: a lock is its own.
    this.blocked = this.covered();
    if (this.blocked) return this.giveBack();
    this.unlock();
    this.clear();
  },

  release() {
    for (const [element, words] of this.marks)
      if (isReachable(element)) for (const name of words) unmark(element, name);
    this.marks.clear();
    this.blocked = false;
    this.giveBack();
  },

  /** Locks the page again, as far as we unlocked it. */
  giveBack() {
    for (const [element, words] of this.marks) {
      for (const name of LOCKS) if (words.delete(name)) unmark(element, name);
    }
    for (const entry of this.attributes.reverse()) restoreAttribute(entry);
    this.attributes = [];
  },

  /** Takes away empty backdrops; true when something else still covers the page. */
  covered() {
    const seen = new Set();
    for (let turn = 0; turn < 4; turn++) {
      let backdrop = null;
      for (const [x, y] of PROBES) {
        const hit = dom.at(document, innerWidth * x, innerHeight * y);
        const cover = hit && coverOf(hit);
        if (!cover || seen.has(cover)) continue;
        if (!isBackdrop(cover)) return true;
        backdrop = cover;
      }
      if (!backdrop) break;
      seen.add(backdrop);
      this.add(backdrop, 'veil');
    }
    return false;
  },

  /** Lets the page scroll again, at the reader's place. */
  unlock() {
    const root = dom.root(document);
    const body = dom.body(document);
    if (!root || !body) return;
    const rootStyle = getComputedStyle(root);
    const style = getComputedStyle(body);
    for (const [element, { position, top }] of /** @type {const} */ ([
      [root, rootStyle],
      [body, style],
    ])) {
      if (position !== 'fixed') continue;
      const offset = Number.parseFloat(top) || 0;
      this.add(element, 'still');
      this.add(element, element === root ? 'root' : 'free');
      if (offset < 0) scrollTo({ top: -offset, behavior: 'instant' });
    }
    const stuck = (/** @type {CSSStyleDeclaration} */ s) =>
      /hidden|clip/.test(s.overflowY) || s.touchAction === 'none';
    if (stuck(rootStyle) || stuck(style)) {
      this.add(root, 'root');
      this.add(body, 'free');
    }
    this.unlockInner();
  },

  /** A page that scrolls inside an element may have that one locked. */
  unlockInner() {
    const content = dom.allIn(document, CONTENT)[0];
    for (let e = content && parentElementOf(content), n = 0; e && n < 30; n++) {
      if (/^(?:html|body)$/.test(dom.tag(e))) break;
      if (
        /hidden|clip/.test(getComputedStyle(e).overflowY) &&
        dom.scrollHeight(e) > dom.clientHeight(e) + 80 &&
        dom.clientHeight(e) >= innerHeight * 0.5
      )
        this.add(e, 'scroll');
      e = parentElementOf(e);
    }
  },

  /** Content that was blurred or made inert behind the overlay. */
  clear() {
    const body = dom.body(document);
    /** @type {Set<Element>} */
    const suspects = new Set();
    let child = body && dom.firstElement(body);
    for (let n = 0; child && n < 60; n++) {
      suspects.add(child);
      child = dom.nextElement(child);
    }
    for (const content of dom.allIn(document, CONTENT)) {
      if (suspects.size > 120) break;
      for (let e = /** @type {Element | null} */ (content), n = 0; e && n < 30; n++) {
        suspects.add(e);
        e = parentElementOf(e);
      }
    }
    for (const element of suspects) {
      if (isMarked(element, 'gone')) continue;
      this.free(element, 'inert');
      if (dom.attribute(element, 'aria-hidden') === 'true' && dom.all(element, CONTENT).length > 0)
        this.free(element, 'aria-hidden');
      const { filter, pointerEvents, userSelect } = getComputedStyle(element);
      const holds = dom.matches(element, CONTENT) || dom.all(element, CONTENT).length > 0;
      if (filter.includes('blur') && holds) this.add(element, 'sharp');
      if (holds && (pointerEvents === 'none' || userSelect === 'none')) this.add(element, 'use');
    }
  },

  /** @param {Element} element @param {string} name */
  free(element, name) {
    const value = dom.attribute(element, name);
    if (value === null) return;
    const all = [...dom.attributes(element)];
    const at = all.findIndex((a) => a.name === name);
    this.attributes.push({ element, name, value, later: all.slice(at + 1) });
    dom.removeAttribute(element, name);
  },

  /** Space that a bar at the top or bottom made for itself. */
  pushDown() {
    const body = dom.body(document);
    const root = dom.root(document);
    if (!body || !root) return;
    for (const fold of folds.list) {
      const { place } = fold;
      if (!fold.overlay || fold.shown || !place) continue;
      if (place.height < 30 || place.width < innerWidth * 0.8) continue;
      const near = (/** @type {string} */ px) => isPush(Number.parseFloat(px), place);
      for (const element of [root, body]) {
        const style = getComputedStyle(element);
        if (place.top <= 5 && near(style.paddingTop)) this.add(element, 'up');
        if (place.top <= 5 && near(style.marginTop)) this.add(element, 'up');
        if (place.bottom >= innerHeight - 5 && near(style.paddingBottom)) this.add(element, 'down');
      }
      if (place.top > 5) continue;
      for (const header of dom.allIn(document, 'header, nav, [role="banner"], body > div')) {
        const { position, top } = getComputedStyle(header);
        if (/fixed|sticky|absolute/.test(position) && near(top)) this.add(header, 'raise');
      }
    }
  },
};

/** Whether a distance makes room for a bar, and not for a header that is still there. @param {number} px @param {DOMRect} bar */
function isPush(px, { height }) {
  if (Math.abs(px - height) <= 8) return true;
  if (px < 30 || px > height || px < height * 0.75) return false;
  const hit = dom.at(document, innerWidth / 2, 2);
  const header = hit && floating(hit);
  return !header || dom.rect(header).height < px * 0.7;
}

/** The floating element over the page to which a hit belongs. @param {Element} hit */
function coverOf(hit) {
  for (let e = /** @type {Element | null} */ (hit), n = 0; e && n < 40; n++) {
    if (/^(?:html|body)$/.test(dom.tag(e))) return null;
    const { position, zIndex } = getComputedStyle(e);
    if (position === 'fixed' || (position === 'absolute' && Number.parseInt(zIndex, 10) > 0)) {
      if (dom.all(e, CONTENT).length > 0 || dom.matches(e, CONTENT)) return null;
      return e;
    }
    e = parentElementOf(e);
  }
  return null;
}

/** Whether a cover is nothing but a veil. @param {Element} cover */
function isBackdrop(cover) {
  const { width, height } = dom.rect(cover);
  if (width * height < innerWidth * innerHeight * 0.7) return false;
  if (dom.all(cover, 'iframe, input, video, img, canvas, form').length > 0) return false;
  let text = dom.text(cover);
  for (const gone of dom.all(cover, `[${ATTR}~="gone"]`)) text = text.replace(dom.text(gone), '');
  return normalise(text).length < 12;
}

/**
 * Puts an attribute back at its old place, so that the markup is the same to the byte.
 * @param {{ element: Element, name: string, value: string, later: Attr[] }} entry
 */
function restoreAttribute({ element, name, value, later }) {
  if (dom.attribute(element, name) !== null) return;
  dom.setAttribute(element, name, value);
  if (dom.tag(element).includes('-')) return;
  for (const { name: other } of later) {
    const now = dom.attribute(element, other);
    if (now === null) continue;
    dom.removeAttribute(element, other);
    dom.setAttribute(element, other, now);
  }
}
