// What a reader sees of a page. openEyes runs in every document before the page's own scripts, and
// takes what it needs from the prototypes then: some pages shadow or replace DOM properties.

/** The name under which the functions stand in the page. */
export const EYES = 'foldAppealsTestEyes';

/** @param {string} name */
export function openEyes(name) {
  /** @type {(f: Function) => (self: any, ...args: any[]) => any} */
  const unbound = (f) => Function.prototype.call.bind(f);
  /** @param {object} proto @param {string} property */
  const getter = (proto, property) =>
    unbound(/** @type {any} */ (Object.getOwnPropertyDescriptor(proto, property)).get);
  const rendered = unbound(Element.prototype.checkVisibility);
  const rects = unbound(Element.prototype.getClientRects);
  const rangeRects = unbound(Range.prototype.getClientRects);
  const boxOf = unbound(Element.prototype.getBoundingClientRect);
  const contains = unbound(Node.prototype.contains);
  const scrollTo = unbound(Element.prototype.scrollIntoView);
  const attributes = getter(Element.prototype, 'attributes');
  const nodeType = getter(Node.prototype, 'nodeType');
  const value = getter(Node.prototype, 'nodeValue');
  const parent = getter(Node.prototype, 'parentNode');
  const children = getter(Node.prototype, 'childNodes');
  const connected = getter(Node.prototype, 'isConnected');
  const content = getter(Node.prototype, 'textContent');
  const documentOf = getter(Node.prototype, 'ownerDocument');
  const openRoot = getter(Element.prototype, 'shadowRoot');
  const inElement = unbound(Element.prototype.querySelectorAll);
  const inDocument = unbound(Document.prototype.querySelectorAll);
  const inFragment = unbound(DocumentFragment.prototype.querySelectorAll);

  /** @param {any} scope @param {string} selector @returns {Element[]} */
  function all(scope, selector) {
    const type = nodeType(scope);
    const query =
      type === Node.ELEMENT_NODE
        ? inElement
        : type === Node.DOCUMENT_NODE
          ? inDocument
          : inFragment;
    return [...query(scope, selector)];
  }

  /** @type {Map<Element, number>} */
  const order = new Map();
  // Elements are numbered before anything can be folded.
  addEventListener('DOMContentLoaded', () => number(), true);

  function number() {
    if (order.size > 0) return;
    const lines = new Set(marked('line'));
    for (const element of all(document, '*')) {
      if (!lines.has(element)) order.set(element, order.size);
    }
  }

  /** @type {string[]} */
  const violations = [];
  addEventListener('securitypolicyviolation', ({ blockedURI, sourceFile, violatedDirective }) => {
    if (blockedURI === 'wasm-eval' || /^(chrome|moz)-extension/.test(sourceFile)) {
      violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}`);
    }
  });

  /**
   * Elements with the extension's attribute: twelve random letters, a word as its value.
   * @param {string} word
   */
  function marked(word) {
    return all(document, '*').filter((element) =>
      [...attributes(element)].some(
        (one) => /^[a-z]{12}$/.test(one.name) && one.value.split(' ').includes(word),
      ),
    );
  }

  /** @param {any} host @returns {ShadowRoot | null} */
  const shadowOf = (host) => openRoot(host) ?? host.fixtureRoot ?? null;

  /**
   * CSS, with `A >>> B` into shadow roots and `A |> B` into frames.
   * @param {string} selector
   * @returns {any[]}
   */
  function find(selector) {
    /** @type {(Document | ShadowRoot)[]} */
    let scopes = [document];
    /** @type {any[]} */
    let found = [];
    for (const [, step = '', into] of selector.matchAll(/(.+?)(?:\s*(>>>|\|>)\s*|$)/g)) {
      found = scopes.flatMap((scope) => all(scope, step));
      if (into === '>>>') scopes = found.flatMap((host) => shadowOf(host) ?? []);
      if (into === '|>') scopes = found.flatMap((frame) => frame.contentDocument ?? []);
    }
    return found;
  }

  /**
   * Whether the element and the frames around its document are displayed.
   * @param {Element} element
   * @returns {boolean}
   */
  function displayed(element) {
    if (!rendered(element, { opacityProperty: true, visibilityProperty: true })) return false;
    const frame = documentOf(element).defaultView?.frameElement;
    return !frame || displayed(frame);
  }

  /** @param {Iterable<DOMRect>} boxes */
  const hasArea = (boxes) => [...boxes].some(({ width, height }) => width > 1 && height > 1);

  /**
   * The text below the element that has a place on the screen, shadow roots included.
   * @param {Element} top
   */
  function visibleText(top) {
    const seen = [];
    /** @type {any[]} */
    const open = [top];
    for (let node = open.pop(); node; node = open.pop()) {
      const type = nodeType(node);
      if (type === Node.TEXT_NODE) {
        const above = parent(node);
        const element = nodeType(above) === Node.ELEMENT_NODE ? above : above.host;
        if (!/\S/.test(value(node)) || !displayed(element)) continue;
        const range = documentOf(node).createRange();
        range.selectNodeContents(node);
        if (hasArea(rangeRects(range))) seen.push(value(node));
        continue;
      }
      const shadow = type === Node.ELEMENT_NODE && shadowOf(node);
      for (const child of [...children(node)].reverse()) open.push(child);
      if (shadow) open.push(shadow);
    }
    return seen.join(' ').replace(/\s+/g, ' ').trim();
  }

  /** @param {Element} element */
  function visible(element) {
    if (!connected(element) || !displayed(element)) return false;
    return /\S/.test(content(element)) ? visibleText(element) !== '' : hasArea(rects(element));
  }

  const eyes = {
    find,

    /** @param {string} selector */
    firstVisible: (selector) => find(selector).find(visible) ?? null,

    /** @param {string} selector @returns {boolean[]} for every match whether it is visible */
    visible: (selector) => find(selector).map(visible),

    /** @param {string} selector @returns {string[]} for every match its visible text */
    text: (selector) =>
      find(selector).map((element) => (displayed(element) ? visibleText(element) : '')),

    /** @returns {number[]} the numbers of the elements the extension has folded */
    folded: () => {
      const gone = marked('gone');
      const shown = gone.find((element) => rendered(element, {}));
      if (shown) throw new Error(`marked but displayed: ${shown.outerHTML.slice(0, 200)}`);
      return gone.map((element) => order.get(element) ?? -1);
    },

    /** @returns {{ x: number, y: number, height: number }[]} where to press each line, its height */
    lines: () =>
      marked('line').map((line) => {
        const { left, right, top, height } = boxOf(line);
        // The button is only as wide as its words.
        const rtl = getComputedStyle(line).direction === 'rtl';
        return { x: rtl ? right - 20 : left + 20, y: top + height / 2, height };
      }),

    /** @param {number} n brings a line to the middle of the window */
    showLine: (n) => scrollTo(marked('line')[n], { block: 'center', behavior: 'instant' }),

    /** @returns {string[]} violations of the page's CSP that the extension caused */
    violations: () => violations,

    /** @param {Element[]} elements */
    numbersOf: (elements) => {
      number();
      return elements.map((element) => order.get(element) ?? -1);
    },

    contains,
    boxOf,
    scrollTo,
  };
  Object.defineProperty(globalThis, name, { value: eyes });
}
