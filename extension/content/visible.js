// What a person can see. Asks for layout, so only ever about folds.

const MOST_PARTS = 60;

/** @param {Element} element */
function hasPlace(element) {
  if (!dom.rendered(element, { opacityProperty: true, visibilityProperty: true })) return false;
  const { width, height, right, bottom } = dom.rect(element);
  return width > 1 && height > 1 && right > 0 && bottom + scrollY > 0;
}

/**
 * What holds once an element's transitions and animations, and those around it, have come to their end.
 * @template T @param {Element} element @param {(e: Element) => T} question @returns {T | null} null when nothing moves
 */
function atRest(element, question) {
  const moving = dom.animations(element, { subtree: true });
  let e = parentElementOf(element);
  for (let n = 0; e && n < 40; n++) {
    moving.push(...dom.animations(e, {}));
    e = parentElementOf(e);
  }
  /** @type {[Animation, number][]} */
  const moved = [];
  for (const animation of moving) {
    const { currentTime, effect, playState } = animation;
    const end = Number(effect?.getComputedTiming().endTime);
    // just before the end, or the page would be told that it is over
    if (typeof currentTime !== 'number' || playState !== 'running' || !(end - 1 > currentTime))
      continue;
    if (end === Infinity) continue;
    animation.currentTime = end - 1;
    moved.push([animation, currentTime]);
  }
  if (moved.length === 0) return null;
  const answer = question(element);
  for (const [animation, time] of moved) animation.currentTime = time;
  return answer;
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

/**
 * Where an element is on the page, and whether over it instead of in it.
 * @param {Element} element @returns {{ place: DOMRect, overlay: boolean } | null} null when it is not visible
 */
function whereabouts(element) {
  const part = visiblePart(element);
  if (!part) return null;
  const over = floating(part);
  const overlay = over !== null || getComputedStyle(part).position === 'absolute';
  return { place: dom.rect(over ?? part), overlay };
}
