// What a person can see. Asks for layout, so only ever about folds.

const MOST_PARTS = 60;

/** @param {Element} element */
function hasPlace(element) {
  if (!dom.rendered(element, { opacityProperty: true, visibilityProperty: true })) return false;
  const { width, height, right, bottom } = dom.rect(element);
  return width > 1 && height > 1 && right > 0 && bottom + scrollY > 0;
}

/** Whether an element is on its way to another place or look. @param {Element} element */
function inTransition(element) {
  return dom.animations(element, { subtree: true }).some((a) => a instanceof CSSTransition);
}

/** What of an element is on the page: itself, or where it has no box something inside. @param {Element} element */
function visiblePart(element) {
  if (hasPlace(element)) return element;
  const parts = dom.all(element, '*');
  for (let i = 0; i < parts.length && i < MOST_PARTS; i++) if (hasPlace(parts[i])) return parts[i];
  return null;
}

/** The element around, through shadow roots and frames of ours. @param {Node} node @returns {Element | null} */
function parentElementOf(node) {
  const parent = dom.parent(node);
  if (!parent) return null;
  const type = dom.nodeType(parent);
  if (type === Node.ELEMENT_NODE) return /** @type {Element} */ (parent);
  if (type === Node.DOCUMENT_FRAGMENT_NODE) return /** @type {ShadowRoot} */ (parent).host ?? null;
  const view = type === Node.DOCUMENT_NODE && dom.view(/** @type {Document} */ (parent));
  return view && view !== window ? view.frameElement : null;
}

/** The nearest element around that floats over the page. @param {Element} element */
function floating(element) {
  let e = /** @type {Element | null} */ (element);
  for (let n = 0; e && n < 40; n++) {
    if (/fixed|sticky/.test(getComputedStyle(e).position)) return e;
    e = parentElementOf(e);
  }
  return null;
}

/** Whether an element stands over the page instead of in it. @param {Element} element */
function isOverlay(element) {
  return getComputedStyle(element).position === 'absolute' || floating(element) !== null;
}
