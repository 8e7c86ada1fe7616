// What tags and attributes mean to the collector.

const SKIP = 1;
const LEAF = 2;
const INLINE = 3;
const SPACED = 4; // inline, but words do not join across its edges
const INPUT = 5;

const HINT = {
  fixed: 1,
  dialog: 2,
  password: 4,
  field: 8,
  card: 16,
  editable: 32,
  articleBody: 64,
  button: 1024, // ours: never sent
};

/** @type {Map<string, number>} */
const ROLE_OF_TAG = new Map();
/** @type {[number, string][]} */ ([
  [
    SKIP,
    'script style noscript template link meta base param source track area map svg math canvas head',
  ],
  [LEAF, 'img video audio iframe embed object textarea'],
  [
    INLINE,
    'abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd mark nobr picture q rb rp rt rtc ruby s samp small span strike strong sub sup title tt u var wbr',
  ],
  [SPACED, 'a br button label time'],
  [INPUT, 'input'],
]).forEach(([role, tags]) => {
  for (const tag of tags.split(' ')) ROLE_OF_TAG.set(tag, role);
});

/** What can have a shadow root, besides custom elements. */
const HOSTS = new Set(
  'article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(
    ' ',
  ),
);

const SPACE = /[ \t\n\r\f\u00a0\u2007\u202f]+/g;
const UNEVEN = /[\t\n\r\f\u00a0\u2007\u202f]| {2}/;
const FIXED = /position\s*:\s*(?:fixed|sticky)/i;
const CARD = /card[-_]?number|cvc|cvv/i;
const BUTTON_TYPE = /^(?:submit|button|reset|image)$/;
const HINTED =
  'dialog,[role*="dialog" i],[role="button"],[style*="fixed" i],[style*="sticky" i],[aria-modal],[contenteditable],[itemprop*="body" i]';

/** Whether a text is more than white space. @param {string} text */
function hasInk(text) {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const space = c === 32 || (c > 8 && c < 14 && c !== 11) || c === 0xa0;
    if (!space && c !== 0x2007 && c !== 0x202f) return true;
  }
  return false;
}

/** Without the space at either end. @param {string} text whose runs of space are single spaces */
function trimmed(text) {
  const from = text.charCodeAt(0) === 32 ? 1 : 0;
  const to = text.length > from && text.charCodeAt(text.length - 1) === 32 ? -1 : undefined;
  return from === 0 && to === undefined ? text : text.slice(from, to);
}

/** Cuts without splitting a surrogate pair. @param {string} text @param {number} length */
function cut(text, length) {
  if (text.length <= length) return text;
  const high = text.charCodeAt(length - 1);
  return text.slice(0, high >= 0xd800 && high < 0xdc00 ? length - 1 : length);
}

/** A tracking pixel says nothing. @param {Element} element @param {string} side */
function isDot(element, side) {
  const value = dom.attribute(element, side);
  return value === '0' || value === '1';
}

/** An attribute as a word to compare. @param {Element} element @param {string} name */
function word(element, name) {
  return (dom.attribute(element, name) ?? '').trim().toLowerCase();
}

/** @param {Element} element */
function hintOf(element) {
  let hint = 0;
  if (FIXED.test(dom.attribute(element, 'style') ?? '')) hint |= HINT.fixed;
  const role = word(element, 'role');
  const dialog = role === 'dialog' || role === 'alertdialog' || dom.tag(element) === 'dialog';
  if (dialog || word(element, 'aria-modal') === 'true') hint |= HINT.dialog;
  if (role === 'button') hint |= HINT.button;
  const editable = dom.attribute(element, 'contenteditable');
  if (editable !== null && editable.trim().toLowerCase() !== 'false') hint |= HINT.editable;
  if (word(element, 'itemprop') === 'articlebody') hint |= HINT.articleBody;
  return hint;
}

/** @param {Element} element @param {string} type */
function fieldHint(element, type) {
  const name = `${dom.attribute(element, 'name') ?? ''} ${dom.id(element)}`;
  if (word(element, 'autocomplete').startsWith('cc-') || CARD.test(name)) return HINT.card;
  return type === 'password' ? HINT.password : HINT.field;
}

/** @param {Element} element @returns {ShadowRoot | null} */
function anyShadowRoot(element) {
  try {
    // taken apart, or the linter for Firefox stumbles over an API that is Chromium's alone
    const { dom: shadows } = chrome;
    if (shadows) return shadows.openOrClosedShadowRoot(/** @type {HTMLElement} */ (element));
    return element.openOrClosedShadowRoot ?? dom.shadowRoot(element);
  } catch {
    return dom.shadowRoot(element);
  }
}
