// DOM access that a page cannot redirect: a form control named "firstChild" shadows the property of
// its form, so getters and methods are taken from their prototypes. What the walk needs is taken at
// once; the rest when it is first used, because most pages never need it.

/** @type {<F extends (...args: any[]) => any>(f: F) => (self: any, ...args: any[]) => any} */
const unbound = (f) => Function.prototype.call.bind(f);

/** @param {object} proto @param {string} name @returns {(self: any) => any} */
function getter(proto, name) {
  const get = Object.getOwnPropertyDescriptor(proto, name)?.get;
  return unbound(get ?? (() => null));
}

/** Keeps what a lazy entry of `dom` made. @template T @param {string} name @param {T} value @returns {T} */
function keep(name, value) {
  Object.defineProperty(dom, name, { value });
  return value;
}

/** In Firefox a node of a frame that went to another process can no longer be asked. @param {Node} node */
function isReachable(node) {
  try {
    return dom.nodeType(node) > 0;
  } catch {
    return false;
  }
}

const dom = {
  /** @type {(n: Node) => number} */
  nodeType: getter(Node.prototype, 'nodeType'),
  /** @type {(n: Node) => string} */
  data: getter(CharacterData.prototype, 'data'),
  /** @type {(n: Node) => Node | null} */
  firstChild: getter(Node.prototype, 'firstChild'),
  /** @type {(e: Element) => Element | null} */
  firstElement: getter(Element.prototype, 'firstElementChild'),
  /** @type {(n: Node) => Node | null} */
  nextSibling: getter(Node.prototype, 'nextSibling'),
  /** @type {(n: Node) => string} */
  text: getter(Node.prototype, 'textContent'),
  /** @type {(e: Element) => string} */
  tag: getter(Element.prototype, 'localName'),
  /** @type {(e: Element) => string} */
  id: getter(Element.prototype, 'id'),
  /** @type {(e: Element) => ShadowRoot | null} */
  shadowRoot: getter(Element.prototype, 'shadowRoot'),
  /** @type {(e: Element, name: string) => string | null} */
  attribute: unbound(Element.prototype.getAttribute),
  /** @type {(d: Document, selector: string) => NodeListOf<Element>} */
  allIn: unbound(Document.prototype.querySelectorAll),
  /** @type {(d: Document) => HTMLElement | null} */
  body: getter(Document.prototype, 'body'),
  /** @type {(d: Document) => HTMLElement} */
  root: getter(Document.prototype, 'documentElement'),

  /** @returns {(e: Element) => Element | null} */
  get nextElement() {
    return keep('nextElement', getter(Element.prototype, 'nextElementSibling'));
  },

  /** @returns {(n: Node) => Node | null} */
  get previousSibling() {
    return keep('previousSibling', getter(Node.prototype, 'previousSibling'));
  },

  /** @returns {(e: HTMLElement) => string} */
  get visibleText() {
    return keep('visibleText', getter(HTMLElement.prototype, 'innerText'));
  },

  /** @returns {(n: Node) => Node | null} */
  get parent() {
    return keep('parent', getter(Node.prototype, 'parentNode'));
  },

  /** @returns {(n: Node) => Document} */
  get document() {
    return keep('document', getter(Node.prototype, 'ownerDocument'));
  },

  /** @returns {(n: Node) => boolean} */
  get connected() {
    return keep('connected', getter(Node.prototype, 'isConnected'));
  },

  /** @returns {(n: Node, other: Node | null) => boolean} */
  get contains() {
    return keep('contains', unbound(Node.prototype.contains));
  },

  /** @returns {(parent: Node, child: Node, before: Node | null) => Node} */
  get insertBefore() {
    return keep('insertBefore', unbound(Node.prototype.insertBefore));
  },

  /** @returns {(e: Element, name: string, value: string) => void} */
  get setAttribute() {
    return keep('setAttribute', unbound(Element.prototype.setAttribute));
  },

  /** @returns {(e: Element, name: string) => void} */
  get removeAttribute() {
    return keep('removeAttribute', unbound(Element.prototype.removeAttribute));
  },

  /** @returns {(e: Element) => void} */
  get remove() {
    return keep('remove', unbound(Element.prototype.remove));
  },

  /** @returns {(e: Element, selector: string) => boolean} */
  get matches() {
    return keep('matches', unbound(Element.prototype.matches));
  },

  /** @returns {(e: Element) => DOMRect} */
  get rect() {
    return keep('rect', unbound(Element.prototype.getBoundingClientRect));
  },

  /** @returns {(e: Element, options: object) => boolean} */
  get rendered() {
    return keep('rendered', unbound(Element.prototype.checkVisibility));
  },

  /** @returns {(e: Element, options: object) => Animation[]} */
  get animations() {
    return keep('animations', unbound(Element.prototype.getAnimations));
  },

  /** @returns {(e: Element | DocumentFragment | Document, selector: string) => NodeListOf<Element>} */
  get all() {
    return keep('all', unbound(Element.prototype.querySelectorAll));
  },

  /** @returns {(f: DocumentFragment, selector: string) => NodeListOf<Element>} */
  get allInFragment() {
    return keep('allInFragment', unbound(DocumentFragment.prototype.querySelectorAll));
  },

  /** @returns {(d: Document) => HTMLHeadElement | null} */
  get head() {
    return keep('head', getter(Document.prototype, 'head'));
  },

  /** @returns {(d: Document) => string} */
  get title() {
    return keep('title', getter(Document.prototype, 'title'));
  },

  /** @returns {(d: Document) => string} */
  get contentType() {
    return keep('contentType', getter(Document.prototype, 'contentType'));
  },

  /** @returns {(d: Document) => string} */
  get readyState() {
    return keep('readyState', getter(Document.prototype, 'readyState'));
  },

  /** @returns {(d: Document) => (Window & typeof globalThis) | null} */
  get view() {
    return keep('view', getter(Document.prototype, 'defaultView'));
  },

  /** @returns {(d: Document) => boolean} */
  get hidden() {
    return keep('hidden', getter(Document.prototype, 'hidden'));
  },

  /** @returns {(d: Document) => boolean} */
  get prerendering() {
    return keep('prerendering', getter(Document.prototype, 'prerendering'));
  },

  /** @returns {(d: Document, x: number, y: number) => Element | null} */
  get at() {
    return keep('at', unbound(Document.prototype.elementFromPoint));
  },

  /** @returns {(n: Node) => string} */
  get baseURI() {
    return keep('baseURI', getter(Node.prototype, 'baseURI'));
  },

  /** @returns {(e: Element) => NamedNodeMap} */
  get attributes() {
    return keep('attributes', getter(Element.prototype, 'attributes'));
  },

  /** @returns {(e: Element) => number} */
  get scrollHeight() {
    return keep('scrollHeight', getter(Element.prototype, 'scrollHeight'));
  },

  /** @returns {(e: Element) => number} */
  get clientHeight() {
    return keep('clientHeight', getter(Element.prototype, 'clientHeight'));
  },

  /** @returns {(d: Document, tag: string) => HTMLElement} */
  get create() {
    return keep('create', unbound(Document.prototype.createElement));
  },

  /** @returns {(e: HTMLElement) => CSSStyleDeclaration} */
  get style() {
    return keep('style', getter(HTMLElement.prototype, 'style'));
  },

  /** @returns {(e: Element) => Document | null} */
  get frameDocument() {
    return keep('frameDocument', getter(HTMLIFrameElement.prototype, 'contentDocument'));
  },

  /** @returns {(d: HTMLDialogElement) => void} */
  get closeDialog() {
    return keep('closeDialog', unbound(HTMLDialogElement.prototype.close));
  },

  /** @returns {(d: HTMLDialogElement) => void} */
  get showModal() {
    return keep('showModal', unbound(HTMLDialogElement.prototype.showModal));
  },

  /** @returns {(t: EventTarget, type: string, f: (e: any) => void, options?: boolean | object) => void} */
  get listen() {
    return keep('listen', unbound(EventTarget.prototype.addEventListener));
  },
};
