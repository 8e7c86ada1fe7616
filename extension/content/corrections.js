// The reader's own word against the core's: "not an appeal" and "fold this". Remembered for the text
// on this site by its fingerprint, in this browser only.

const MOST_BY_HAND = 0.3; // of the page's text
const NEVER_BY_HAND =
  'html, body, main, article, h1, [role="main"], [itemprop~="articleBody"], input[type="password"]';
const MEDIA = 'img, video, audio, iframe, canvas, svg, object, embed';

const corrections = {
  /** Where the context menu was opened last. @type {WeakRef<Element> | null} */
  clicked: null,

  listen() {
    dom.listen(
      document,
      'contextmenu',
      (event) => {
        if (event.isTrusted) this.clicked = new WeakRef(event.composedPath()[0]);
      },
      { capture: true, passive: true },
    );
  },

  /** @param {Fold} fold */
  refuse(fold) {
    const not = namesOf(fold);
    for (const print of not) {
      memory.not.add(print);
      memory.mine.delete(print);
    }
    ask({ type: 'correct', not, folds: [], undo: [] });
  },

  /** @param {Fold} fold that was refused */
  takeBack(fold) {
    const undo = namesOf(fold);
    for (const print of undo) memory.not.delete(print);
    if (fold.byHand) this.keep(fold, undo);
    else ask({ type: 'correct', not: [], folds: [], undo });
  },

  /** @param {Fold} fold by hand @param {string[]} undo */
  keep({ elements }, undo) {
    const own = memory.printsOf(elements, STRONG_BY_HAND);
    for (const [print, depth] of depths(own)) {
      memory.mine.set(print, depth);
      memory.not.delete(print);
    }
    memory.measure();
    ask({ type: 'correct', not: [], folds: own, undo });
  },

  /**
   * Folds what the reader pointed at.
   * @param {boolean} selected what is selected, rather than what was clicked
   * @param {string} [frame] the address of the frame in which it was clicked
   * @returns {boolean} whether that was possible
   */
  foldThis(selected, frame) {
    const elements = frame
      ? frameAt(frame)
      : selected
        ? selectedRun()
        : around(this.clicked?.deref());
    if (!here.on || elements.length === 0 || !mayFold(elements)) return false;
    folds.foldByHand(elements);
    return true;
  },
};

/** The names of a refused text: the whole, and each part long enough to stand for itself. @param {Fold} fold */
function namesOf({ print, elements }) {
  const parts = elements
    .map((e) => normalise(dom.text(e)))
    .filter((text) => text.length <= LONGEST && weight(text) >= STRONG);
  return [...new Set([print, ...parts.map(fingerprint)])];
}

/** The smallest block around a place, with the wrappers that hold nothing else. @param {Element | null | undefined} place */
function around(place) {
  let element = place;
  while (element && ROLE_OF_TAG.get(dom.tag(element)) !== undefined)
    element = parentElementOf(element);
  if (!element) return [];
  const length = normalLength(dom.text(element));
  const media = dom.all(element, MEDIA).length;
  for (let e = parentElementOf(element); e && mayFold([e]); e = parentElementOf(e)) {
    if (normalLength(dom.text(e)) > length || dom.all(e, MEDIA).length > media) break;
    element = e;
  }
  return [element];
}

/** The siblings that hold what is selected. */
function selectedRun() {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return [];
  const { commonAncestorContainer: common, startContainer, endContainer } = selection.getRangeAt(0);
  const first = childTowards(common, startContainer);
  const last = childTowards(common, endContainer);
  const inline = (/** @type {Element} */ e) => ROLE_OF_TAG.get(dom.tag(e)) !== undefined;
  if (!first || !last || first === last || inline(first) || inline(last))
    return around(
      dom.nodeType(common) === Node.ELEMENT_NODE
        ? /** @type {Element} */ (common)
        : parentElementOf(common),
    );
  const run = [];
  for (let e = /** @type {Element | null} */ (first); e; e = dom.nextElement(e)) {
    if (!ours.has(e)) run.push(e);
    if (e === last) break;
  }
  return run;
}

/** @param {Node} common @param {Node} inside @returns {Element | null} the child of one that holds the other */
function childTowards(common, inside) {
  let node = /** @type {Node | null} */ (inside);
  while (node && dom.parent(node) !== common) node = dom.parent(node);
  return node && dom.nodeType(node) === Node.ELEMENT_NODE ? /** @type {Element} */ (node) : null;
}

/** The only frame element with this address. @param {string} url @returns {Element[]} */
function frameAt(url) {
  const all = [...dom.allIn(document, 'iframe')].filter((f) => addressOf(f) === url.split('#')[0]);
  return all.length === 1 ? all : [];
}

/** Never the headline, the story as a whole, or much of the page. @param {Element[]} elements */
function mayFold(elements) {
  const body = dom.body(document);
  if (!body) return false;
  const never = (/** @type {Element} */ e) =>
    dom.matches(e, NEVER_BY_HAND) || dom.all(e, NEVER_BY_HAND).length > 0;
  if (elements.some((e) => ours.has(e) || !isFoldable(e) || never(e))) return false;
  const all = normalLength(dom.visibleText(body));
  return normalLength(textOf(elements)) <= all * MOST_BY_HAND;
}
