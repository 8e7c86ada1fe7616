// Turns the document into a Page: one iterative walk, no layout, no recursion, resumable in slices.
// The Rust `html` front end builds the same Page from a saved file: change both together.

const MAX_VISITED = 65_536;
const MAX_BLOCKS = 20_000;
const MAX_TEXT = 5_000;

/**
 * @typedef {object} Owner A block-level element, emitted once something in it counts.
 * @property {Element} element
 * @property {string} tag
 * @property {Owner | null} parent
 * @property {number} hint
 * @property {number} index -1 until emitted
 * @property {PageBlock | null} block
 * @property {boolean} gap whether the next text starts a new word
 *
 * @typedef {object} Level One step down from the body.
 * @property {Node} node
 * @property {Owner} owner
 * @property {string | null} href of the link around
 * @property {boolean} button whether a button is around
 * @property {Node | null} after light children, walked when the shadow ones are done
 * @property {boolean} spaced whether words do not join across the edges of the element at this level
 */

/** What frames of another origin told of themselves. @type {WeakMap<Element, FrameBlock[]>} */
const frameBlocks = new WeakMap();

/** Elements that we put into the page. @type {WeakSet<Node>} */
const ours = new WeakSet();

class Collector {
  /** @param {Document} doc */
  constructor(doc) {
    this.doc = doc;
    this.tooLarge = false;
    this.visited = 0;
    /** Elements of the Page, by index. @type {Element[]} */
    this.nodes = [];
    /** Shadow roots and frame documents met on the way. @type {(ShadowRoot | Document)[]} */
    this.roots = [];
    /** Custom elements without content. @type {Element[]} */
    this.hollow = [];
    /** @type {PageElement[]} */
    this.elements = [];
    /** @type {PageBlock[]} */
    this.blocks = [];
    /** @type {Map<Element, number>} */
    this.hints = new Map();
    /** @type {Level[]} */
    this.stack = [];
    const body = dom.body(doc);
    if (!body) return;
    this.readHints(dom.allIn(doc, HINTED));
    const owner = newOwner(body, 'body', null, this.hints.get(body) ?? 0);
    this.emit(owner);
    this.push(dom.firstChild(body), owner, null, false, null);
  }

  /**
   * Walks until the time is over.
   * @param {number} deadline in performance.now() terms
   * @returns {boolean} whether the walk is finished
   */
  run(deadline) {
    const { stack } = this;
    for (let n = 1; stack.length > 0; n++) {
      if ((n & 127) === 0 && performance.now() > deadline) return false;
      const level = stack[stack.length - 1];
      const type = dom.nodeType(level.node);
      let entered = false;
      if (type === 3) this.read(level.owner, level.href, level.button, dom.data(level.node));
      else if (type === 1) {
        if (++this.visited > MAX_VISITED || this.blocks.length > MAX_BLOCKS) {
          this.tooLarge = true;
          stack.length = 0;
          return true;
        }
        entered = this.enter(level, /** @type {Element} */ (level.node));
      }
      if (!entered) this.advance();
    }
    return true;
  }

  /** Moves on to the next node in document order. */
  advance() {
    const { stack } = this;
    while (stack.length > 0) {
      const level = stack[stack.length - 1];
      const next = dom.nextSibling(level.node) ?? level.after;
      if (next) {
        if (next === level.after) level.after = null;
        level.node = next;
        return;
      }
      stack.pop();
      const above = stack[stack.length - 1];
      if (above?.spaced) above.owner.gap = true;
    }
  }

  /**
   * @param {Node | null} node @param {Owner} owner @param {string | null} href
   * @param {boolean} button @param {Node | null} after
   */
  push(node, owner, href, button, after) {
    if (node) this.stack.push({ node, owner, href, button, after, spaced: false });
    return node !== null;
  }

  /**
   * Handles one element.
   * @param {Level} level @param {Element} element
   * @returns {boolean} whether the walk went into it
   */
  enter(level, element) {
    const tag = dom.tag(element);
    const role = ROLE_OF_TAG.get(tag);
    if (role === SKIP) return false;
    let { owner, href, button } = level;
    const hint = this.hints.get(element) ?? 0;
    if (role === LEAF) return this.enterLeaf(level, element, tag, hint & ~HINT.button);
    if (role === INPUT) return this.enterInput(level, element, hint & ~HINT.button);
    if (role === undefined) {
      owner.gap = true;
      owner = newOwner(element, tag, owner, hint & ~HINT.button);
      if (tag === 'select') {
        owner.hint |= fieldHint(element, '');
        this.emit(owner);
      }
    } else {
      if (role === SPACED) owner.gap = true;
      if (tag === 'a') href = dom.attribute(element, 'href') ?? href;
      if (tag === 'button' || hint & HINT.button) button = true;
    }
    level.spaced = role === SPACED;
    const light = dom.firstChild(element);
    const host = HOSTS.has(tag) || (role === undefined && tag.includes('-'));
    const root = host ? this.shadow(element, tag, light) : null;
    const inner = root && dom.firstChild(root);
    if (inner) return this.push(inner, owner, href, button, light);
    if (light && !dom.firstElement(element)) {
      // nothing but text: one read instead of a walk
      this.read(owner, href, button, dom.text(element));
    } else if (light) return this.push(light, owner, href, button, null);
    else if (!root && tag.includes('-')) this.hollow.push(element);
    if (role === SPACED) owner.gap = true;
    return false;
  }

  /** @param {Level} level @param {Element} element @param {string} tag @param {number} hint */
  enterLeaf(level, element, tag, hint) {
    level.owner.gap = true;
    const frame = tag === 'iframe';
    if ((frame || tag === 'img') && (isDot(element, 'width') || isDot(element, 'height')))
      return false;
    const field = tag === 'textarea' ? fieldHint(element, '') : 0;
    const owner = newOwner(element, tag, level.owner, hint | field);
    this.emit(owner);
    level.spaced = false;
    const told = frame && frameBlocks.get(element);
    if (told) this.graft(element, owner.index, told);
    const body = frame ? this.frameBody(element) : null;
    return body !== null && this.push(dom.firstChild(body), owner, null, false, null);
  }

  /** @param {Element} frame @param {number} parent @param {FrameBlock[]} told */
  graft(frame, parent, told) {
    for (const { tag, ...block } of told) {
      this.blocks.push({ e: this.elements.length, ...block });
      this.elements.push({ p: parent, t: tag });
      this.nodes.push(frame);
    }
  }

  /** @param {Level} level @param {Element} element @param {number} hint */
  enterInput(level, element, hint) {
    const { owner, href } = level;
    const type = word(element, 'type');
    owner.gap = true;
    if (type === 'hidden') return false;
    if (BUTTON_TYPE.test(type)) {
      this.read(owner, href, true, dom.attribute(element, 'value') ?? '');
      owner.gap = true;
    } else this.emit(newOwner(element, 'input', owner, hint | fieldHint(element, type)));
    return false;
  }

  /** @param {Owner} owner @param {string | null} href @param {boolean} button @param {string} data */
  read(owner, href, button, data) {
    if (!hasInk(data)) {
      if (data) owner.gap = true;
      return;
    }
    const even = UNEVEN.test(data) ? data.replace(SPACE, ' ') : data;
    const text = trimmed(even);
    const block = owner.block ?? this.open(owner);
    if (href !== null) {
      block.l = (block.l ?? 0) + text.length;
      block.h ??= [];
      const target = cut(href.trim(), 200);
      if (block.h.length < 4 && !block.h.includes(target)) block.h.push(target);
    }
    if (button) block.b = (block.b ?? 0) + text.length;
    if (block.t.length <= MAX_TEXT)
      block.t += block.t && (owner.gap || even.startsWith(' ')) ? ` ${text}` : text;
    owner.gap = even.endsWith(' ');
  }

  /** @param {Owner} owner @returns {PageBlock} */
  open(owner) {
    this.emit(owner);
    owner.block = { e: owner.index, t: '' };
    this.blocks.push(owner.block);
    return owner.block;
  }

  /** Emits an owner after its ancestors. @param {Owner} owner */
  emit(owner) {
    if (owner.index >= 0) return;
    const chain = [];
    for (let o = /** @type {Owner | null} */ (owner); o && o.index < 0; o = o.parent) chain.push(o);
    for (let i = chain.length - 1; i >= 0; i--) {
      const { element, tag, parent, hint } = chain[i];
      chain[i].index = this.nodes.length;
      this.nodes.push(element);
      /** @type {PageElement} */
      const entry = { p: parent ? parent.index : -1, t: tag };
      if (hint) entry.h = hint;
      const name = `${dom.id(element)} ${dom.attribute(element, 'class') ?? ''}`;
      if (name.length > 1) entry.n = cut(name.trim(), 100);
      this.elements.push(entry);
    }
  }

  /** @param {NodeListOf<Element>} list */
  readHints(list) {
    for (let i = 0; i < list.length; i++) {
      const hint = hintOf(list[i]);
      if (hint) this.hints.set(list[i], hint);
    }
  }

  /**
   * The shadow root of an element, open or closed. Asking for closed ones is slow, so only likely
   * hosts are asked: custom elements, and elements that hold nothing else.
   * @param {Element} element @param {string} tag @param {Node | null} light
   * @returns {ShadowRoot | null}
   */
  shadow(element, tag, light) {
    const root = !light || tag.includes('-') ? anyShadowRoot(element) : dom.shadowRoot(element);
    // our own lines are no part of the page: read as text they would talk the core out of a fold
    if (!root || ours.has(element)) return null;
    this.roots.push(root);
    this.readHints(dom.allInFragment(root, HINTED));
    return root;
  }

  /** The body of a frame that shares our origin. @param {Element} frame */
  frameBody(frame) {
    const doc = dom.frameDocument(frame);
    const body = doc && dom.body(doc);
    if (!doc || !body) return null;
    this.roots.push(doc);
    this.readHints(dom.allIn(doc, HINTED));
    return body;
  }

  /** @returns {Page} */
  page() {
    const { doc, elements, blocks } = this;
    const root = dom.root(doc);
    const og = dom.allIn(doc, 'meta[property="og:type"]')[0];
    for (const block of blocks)
      if (block.t.length > MAX_TEXT) block.t = trimmed(cut(block.t, MAX_TEXT));
    return {
      url: location.href,
      lang: ((root && dom.attribute(root, 'lang')) ?? '').trim(),
      title: trimmed(dom.title(doc).replace(SPACE, ' ')),
      og: ((og && dom.attribute(og, 'content')) ?? '').trim(),
      elements,
      blocks,
    };
  }
}

/**
 * @param {Element} element @param {string} tag @param {Owner | null} parent @param {number} hint
 * @returns {Owner}
 */
function newOwner(element, tag, parent, hint) {
  return { element, tag, parent, hint, index: -1, block: null, gap: false };
}
