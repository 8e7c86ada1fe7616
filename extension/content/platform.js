// DOM access that a page cannot redirect: a form control named "firstChild" shadows the property of
// its form, so every getter and method is taken from its prototype once, before the page runs.

const dom = (() => {
  /** @type {<F extends (...args: any[]) => any>(f: F) => (self: any, ...args: any[]) => any} */
  const unbound = (f) => Function.prototype.call.bind(f);
  /** @param {object} proto @param {string} name */
  const getter = (proto, name) => {
    const get = Object.getOwnPropertyDescriptor(proto, name)?.get;
    return unbound(get ?? (() => null));
  };
  const node = Node.prototype;
  const element = Element.prototype;
  const doc = Document.prototype;

  return {
    /** @type {(n: Node) => number} */
    nodeType: getter(node, 'nodeType'),
    /** @type {(n: Node) => string} */
    data: getter(CharacterData.prototype, 'data'),
    /** @type {(n: Node) => Node | null} */
    firstChild: getter(node, 'firstChild'),
    /** @type {(e: Element) => Element | null} */
    firstElement: getter(element, 'firstElementChild'),
    /** @type {(e: Element) => Element | null} */
    nextElement: getter(element, 'nextElementSibling'),
    /** @type {(n: Node) => Node | null} */
    nextSibling: getter(node, 'nextSibling'),
    /** @type {(n: Node) => Node | null} */
    parent: getter(node, 'parentNode'),
    /** @type {(n: Node) => Document} */
    document: getter(node, 'ownerDocument'),
    /** @type {(n: Node) => boolean} */
    connected: getter(node, 'isConnected'),
    /** @type {(n: Node) => string} */
    text: getter(node, 'textContent'),
    /** @type {(n: Node, other: Node | null) => boolean} */
    contains: unbound(node.contains),
    /** @type {(parent: Node, child: Node, before: Node | null) => Node} */
    insertBefore: unbound(node.insertBefore),
    /** @type {(e: Element) => string} */
    tag: getter(element, 'localName'),
    /** @type {(e: Element) => string} */
    id: getter(element, 'id'),
    /** @type {(e: Element) => ShadowRoot | null} */
    shadowRoot: getter(element, 'shadowRoot'),
    /** @type {(e: Element, name: string) => string | null} */
    attribute: unbound(element.getAttribute),
    /** @type {(e: Element, name: string, value: string) => void} */
    setAttribute: unbound(element.setAttribute),
    /** @type {(e: Element, name: string) => void} */
    removeAttribute: unbound(element.removeAttribute),
    /** @type {(e: Element) => void} */
    remove: unbound(element.remove),
    /** @type {(e: Element, selector: string) => boolean} */
    matches: unbound(element.matches),
    /** @type {(e: Element) => DOMRect} */
    rect: unbound(element.getBoundingClientRect),
    /** @type {(e: Element, options: object) => boolean} */
    rendered: unbound(element.checkVisibility),
    /** @type {(e: Element | DocumentFragment | Document, selector: string) => NodeListOf<Element>} */
    all: unbound(element.querySelectorAll),
    /** @type {(d: Document, selector: string) => NodeListOf<Element>} */
    allIn: unbound(doc.querySelectorAll),
    /** @type {(f: DocumentFragment, selector: string) => NodeListOf<Element>} */
    allInFragment: unbound(DocumentFragment.prototype.querySelectorAll),
    /** @type {(d: Document) => HTMLElement | null} */
    body: getter(doc, 'body'),
    /** @type {(d: Document) => HTMLElement} */
    root: getter(doc, 'documentElement'),
    /** @type {(d: Document) => HTMLHeadElement | null} */
    head: getter(doc, 'head'),
    /** @type {(d: Document) => string} */
    title: getter(doc, 'title'),
    /** @type {(d: Document) => string} */
    contentType: getter(doc, 'contentType'),
    /** @type {(d: Document) => string} */
    readyState: getter(doc, 'readyState'),
    /** @type {(d: Document) => (Window & typeof globalThis) | null} */
    view: getter(doc, 'defaultView'),
    /** @type {(d: Document) => boolean} */
    hidden: getter(doc, 'hidden'),
    /** @type {(d: Document) => boolean} */
    prerendering: getter(doc, 'prerendering'),
    /** @type {(d: Document, x: number, y: number) => Element | null} */
    at: unbound(doc.elementFromPoint),
    /** @type {(n: Node) => string} */
    baseURI: getter(node, 'baseURI'),
    /** @type {(e: Element) => NamedNodeMap} */
    attributes: getter(element, 'attributes'),
    /** @type {(e: Element) => number} */
    scrollHeight: getter(element, 'scrollHeight'),
    /** @type {(e: Element) => number} */
    clientHeight: getter(element, 'clientHeight'),
    /** @type {(d: Document, tag: string) => HTMLElement} */
    create: unbound(doc.createElement),
    /** @type {(e: HTMLElement) => CSSStyleDeclaration} */
    style: getter(HTMLElement.prototype, 'style'),
    /** @type {(e: Element) => Document | null} */
    frameDocument: getter(HTMLIFrameElement.prototype, 'contentDocument'),
    /** @type {(d: HTMLDialogElement) => void} */
    closeDialog: unbound(HTMLDialogElement.prototype.close),
    /** @type {(d: HTMLDialogElement) => void} */
    showModal: unbound(HTMLDialogElement.prototype.showModal),
    /** @type {(t: EventTarget, type: string, f: (e: any) => void, options?: boolean | object) => void} */
    listen: unbound(EventTarget.prototype.addEventListener),
    /** @type {(t: EventTarget, type: string, f: (e: any) => void, options?: boolean | object) => void} */
    unlisten: unbound(EventTarget.prototype.removeEventListener),
  };
})();
