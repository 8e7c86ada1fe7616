// What a reader sees of a page. openEyes runs in every document before the page's own scripts.

/** The name under which the functions stand in the page. */
export const EYES = 'foldAppealsTestEyes';

/** @param {string} name */
export function openEyes(name) {
  /** @type {(element: Element, options: object) => boolean} */
  const rendered = Function.prototype.call.bind(Element.prototype.checkVisibility);
  /** @type {Map<Element, number>} */
  const order = new Map();
  // Elements are numbered before anything can be folded.
  addEventListener('DOMContentLoaded', () => number(), true);

  function number() {
    if (order.size > 0) return;
    const lines = marked('line');
    for (const element of document.querySelectorAll('*')) {
      if (!lines.includes(element)) order.set(element, order.size);
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
    return [...document.querySelectorAll('*')].filter((element) =>
      [...element.attributes].some(
        ({ name, value }) => /^[a-z]{12}$/.test(name) && value.split(' ').includes(word),
      ),
    );
  }

  /** @param {any} host @returns {ShadowRoot | null} */
  const shadowOf = (host) => host.shadowRoot ?? host.fixtureRoot ?? null;

  /**
   * CSS, with `A >>> B` into shadow roots and `A |> B` into frames.
   * @param {string} selector
   * @returns {Element[]}
   */
  function find(selector) {
    /** @type {(Document | ShadowRoot)[]} */
    let scopes = [document];
    /** @type {Element[]} */
    let found = [];
    for (const [, step = '', into] of selector.matchAll(/(.+?)(?:\s*(>>>|\|>)\s*|$)/g)) {
      found = scopes.flatMap((scope) => [...scope.querySelectorAll(step)]);
      if (into === '>>>') scopes = found.flatMap((host) => shadowOf(host) ?? []);
      if (into === '|>') {
        const frames = /** @type {HTMLIFrameElement[]} */ (found);
        scopes = frames.flatMap((frame) => frame.contentDocument ?? []);
      }
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
    const frame = element.ownerDocument.defaultView?.frameElement;
    return !frame || displayed(frame);
  }

  /** @param {Element} element */
  function hasBox(element) {
    return [...element.getClientRects()].some(({ width, height }) => width > 1 && height > 1);
  }

  /**
   * The text below the element that has a place on the screen, shadow roots included.
   * @param {Element} top
   */
  function visibleText(top) {
    const seen = [];
    /** @type {Node[]} */
    const open = [top];
    for (let node = open.pop(); node; node = open.pop()) {
      if (node.nodeType === Node.TEXT_NODE) {
        const parent = node.parentElement ?? /** @type {ShadowRoot} */ (node.parentNode).host;
        if (!/\S/.test(node.nodeValue ?? '') || !parent || !displayed(parent)) continue;
        const range = node.ownerDocument?.createRange();
        range?.selectNodeContents(node);
        const boxes = [...(range?.getClientRects() ?? [])];
        if (boxes.some(({ width, height }) => width > 1 && height > 1)) seen.push(node.nodeValue);
        continue;
      }
      const shadow = node.nodeType === Node.ELEMENT_NODE && shadowOf(node);
      open.push(...[...node.childNodes].reverse());
      if (shadow) open.push(shadow);
    }
    return seen.join(' ').replace(/\s+/g, ' ').trim();
  }

  /** @param {Element} element */
  function visible(element) {
    if (!element.isConnected || !displayed(element)) return false;
    return /\S/.test(element.textContent ?? '') ? visibleText(element) !== '' : hasBox(element);
  }

  const eyes = {
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
        const { left, right, top, height } = line.getBoundingClientRect();
        // The button is only as wide as its words.
        const rtl = getComputedStyle(line).direction === 'rtl';
        return { x: rtl ? right - 20 : left + 20, y: top + height / 2, height };
      }),

    /** @param {number} n brings a line to the middle of the window */
    showLine: (n) => marked('line')[n]?.scrollIntoView({ block: 'center', behavior: 'instant' }),

    /** @returns {string[]} violations of the page's CSP that the extension caused */
    violations: () => violations,

    /** @param {Element[]} elements */
    numbersOf: (elements) => {
      number();
      return elements.map((element) => order.get(element) ?? -1);
    },
  };
  Object.defineProperty(globalThis, name, { value: eyes });
}
