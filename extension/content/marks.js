// Our attribute on the page's elements, and the moments before the user sheet is in place.

/** @param {Element} element @param {string} name */
function isMarked(element, name) {
  return (dom.attribute(element, ATTR) ?? '').split(' ').includes(name);
}

/** Adds a word to our attribute. @param {Element} element @param {string} name */
function mark(element, name) {
  const words = dom.attribute(element, ATTR);
  if (words === null) dom.setAttribute(element, ATTR, name);
  else if (!words.split(' ').includes(name)) dom.setAttribute(element, ATTR, `${words} ${name}`);
}

/** Takes a word from our attribute, and the attribute with the last one. @param {Element} element @param {string} name */
function unmark(element, name) {
  const old = dom.attribute(element, ATTR);
  if (old === null) return;
  const words = old.split(' ').filter((w) => w && w !== name);
  if (words.length > 0) dom.setAttribute(element, ATTR, words.join(' '));
  else dom.removeAttribute(element, ATTR);
}

const sheet = {
  /** Whether the background put the user sheet into this frame. */
  ready: false,
  /** Frame documents that have it too. @type {WeakSet<Document>} */
  frames: new WeakSet(),
  /** Elements hidden by their own style until the sheet is there, with what that style was and is. @type {Map<Element, { before: string | null, now: string | null, display: [string, string] }>} */
  inline: new Map(),

  /** @param {Element} element */
  covers(element) {
    return dom.document(element) === document ? this.ready : this.frames.has(dom.document(element));
  },

  /** Asks for the sheet, also in frames whose documents are ours to fold. */
  async want() {
    /** @type {Reply} */
    const reply = await ask({ type: 'sheet', attr: ATTR, everywhere: window === window.top });
    if (reply.ok) this.arrived();
  },

  arrived() {
    this.ready = true;
    // The page may have changed their styles meanwhile.
    if (this.inline.size > 0) watch.wakeFolds();
    for (const element of this.inline.keys()) {
      const doc = dom.document(element);
      if (doc !== document) this.frames.add(doc);
      this.showInline(element);
    }
  },

  /** @param {Element} element */
  hideInline(element) {
    if (this.inline.has(element)) return;
    const before = dom.attribute(element, 'style');
    const style = dom.style(/** @type {HTMLElement} */ (element));
    /** @type {[string, string]} */
    const display = [style.getPropertyValue('display'), style.getPropertyPriority('display')];
    style.setProperty('display', 'none', 'important');
    this.inline.set(element, { before, now: dom.attribute(element, 'style'), display });
  },

  /** @param {Element} element */
  showInline(element) {
    const hidden = this.inline.get(element);
    if (!hidden) return;
    this.inline.delete(element);
    const { before, now, display } = hidden;
    if (dom.attribute(element, 'style') !== now) {
      // The page wrote to it meanwhile: only what is ours goes.
      const style = dom.style(/** @type {HTMLElement} */ (element));
      if (
        style.getPropertyValue('display') === 'none' &&
        style.getPropertyPriority('display') === 'important'
      )
        style.setProperty('display', ...display);
    } else if (before === null) dom.removeAttribute(element, 'style');
    else dom.setAttribute(element, 'style', before);
  },
};
