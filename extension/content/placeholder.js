// The quiet line that stands where an appeal was folded in the text. The user sheet styles its host,
// CSSOM what is inside: no style element, so no page policy can refuse it.

const ROW_STYLE = {
  display: 'flex',
  'align-items': 'center',
  gap: '12px',
  'box-sizing': 'border-box',
  width: 'fit-content',
  'max-width': '100%',
  height: '28px',
  font: '13px/20px system-ui, sans-serif',
};
const SAYS_STYLE = {
  'min-width': '0',
  overflow: 'hidden',
  'text-overflow': 'ellipsis',
  'white-space': 'nowrap',
};
const PANEL_STYLE = {
  'box-sizing': 'border-box',
  'max-width': '34em',
  padding: '0 0 6px',
  font: '13px/20px system-ui, sans-serif',
};
const BUTTON_STYLE = {
  appearance: 'none',
  flex: 'none',
  'box-sizing': 'border-box',
  'min-width': '24px',
  height: '28px',
  margin: '0',
  padding: '4px 2px',
  border: '0',
  'outline-offset': '-2px',
  background: 'none',
  color: 'inherit',
  font: 'inherit',
  'text-decoration': 'underline',
  'text-underline-offset': '2px',
  'white-space': 'nowrap',
  cursor: 'pointer',
};
const FIELD_STYLE = {
  display: 'block',
  'box-sizing': 'border-box',
  width: '100%',
  height: '120px',
  margin: '4px 0 0',
  padding: '4px',
  border: '1px solid currentColor',
  background: 'none',
  color: 'inherit',
  font: '12px/1.4 ui-monospace, monospace',
  resize: 'vertical',
};
/** What reached from edge to edge of the window had room for its words; nearer than this is at the edge. */
const EDGE = 20;
/** From this width on all buttons stand in the line; below it the last one is where "Why" leads. */
const WIDE = 440;

/** @param {string} key */
function says(key) {
  return here.words[key] ?? chrome.i18n.getMessage(key);
}

class Line {
  /**
   * @param {Document} doc
   * @param {Fold} fold
   * @param {boolean} inList whether its place is a list, which holds nothing but items
   */
  constructor(doc, fold, inList) {
    this.doc = doc;
    this.fold = fold;
    /** What it says besides: why, or that the report was copied. */
    this.note = '';
    this.asked = false;
    /** A report that the browser did not let us copy. @type {string | null} */
    this.report = null;
    this.host = dom.create(doc, 'div');
    if (inList) this.host.setAttribute('role', 'listitem');
    // The user sheet shows the host, so the line goes when the extension goes.
    dress(this.host, { display: 'none' });
    const root = this.host.attachShadow({ mode: 'closed' });
    this.row = this.make('div', ROW_STYLE);
    this.row.setAttribute('role', 'group');
    this.row.setAttribute('aria-labelledby', 'says');
    this.says = this.make('span', SAYS_STYLE);
    this.says.id = 'says';
    // The row goes in the direction of its words, and what has one of its own does not count.
    this.says.removeAttribute('dir');
    this.toggle = this.button(() => (fold.shown ? folds.hideAgain(fold) : folds.show(fold)));
    this.why = this.button(() => this.explain());
    this.why.setAttribute('aria-controls', 'panel');
    this.wrong = this.button(() => folds.refuse(fold));
    this.copy = this.button(() => this.copyReport());
    this.panel = this.make('div', PANEL_STYLE);
    this.panel.id = 'panel';
    this.panel.setAttribute('role', 'status');
    root.append(this.row, this.panel);
    this.draw();
  }

  /** @param {string} tag @param {Record<string, string>} style */
  make(tag, style) {
    const element = dom.create(this.doc, tag);
    element.dir = 'auto';
    dress(element, style);
    return element;
  }

  /** @param {() => void} act @returns {HTMLButtonElement} */
  button(act) {
    const button = /** @type {HTMLButtonElement} */ (this.make('button', BUTTON_STYLE));
    button.type = 'button';
    dom.listen(button, 'click', (event) => {
      // a page cannot press it for the reader, nor act upon the reader's click
      event.stopPropagation();
      if (event.isTrusted) act();
    });
    return button;
  }

  /** Says what is the case. */
  draw() {
    const { fold } = this;
    const state = fold.wrong ? 'noted' : fold.shown ? 'shown' : fold.byHand ? 'mine' : 'text';
    this.says.textContent = says(`line_${state}`);
    this.toggle.textContent = says(fold.shown ? 'line_hide' : 'line_show');
    this.why.textContent = says('line_why');
    this.why.setAttribute('aria-expanded', String(this.asked));
    this.wrong.textContent = says(fold.byHand ? 'line_not_mine' : 'line_not');
    this.copy.textContent = says('line_copy');
    const { left = EDGE, right = 0, width = 0 } = fold.place ?? {};
    const wide = width >= WIDE;
    const room = left < EDGE && right > innerWidth - EDGE ? '16px' : '0px';
    dress(this.row, { 'padding-inline': room });
    dress(this.panel, { 'padding-inline': room });
    const last = fold.wrong ? [this.copy] : [this.why, ...(wide ? [this.wrong] : [])];
    put(this.row, [this.says, this.toggle, ...last]);
    this.drawPanel(!wide && this.asked && !fold.wrong);
  }

  /** @param {boolean} correctable whether there was no room for that in the line */
  drawPanel(correctable) {
    const parts = [];
    if (this.note) {
      const words = this.make('span', { display: 'block' });
      words.textContent = this.note;
      parts.push(words);
    }
    if (correctable) parts.push(this.wrong);
    if (this.report !== null) parts.push(this.field(this.report));
    put(this.panel, parts);
    this.panel.hidden = parts.length === 0;
    dress(this.panel, { display: parts.length === 0 ? 'none' : 'block' });
    (parts.length > 0 ? mark : unmark)(this.host, 'tall');
  }

  /** @param {string} text */
  field(text) {
    const field = /** @type {HTMLTextAreaElement} */ (this.make('textarea', FIELD_STYLE));
    field.readOnly = true;
    field.value = text;
    field.setAttribute('aria-label', says('line_copy_field'));
    return field;
  }

  async explain() {
    this.asked = !this.asked;
    this.note = '';
    this.draw();
    if (!this.asked) return;
    const { reasons, byHand } = this.fold;
    /** @type {Reply<{ sentence: string }>} */
    const reply = await ask({ type: 'why', reasons, byHand });
    if (!reply.ok || !this.asked) return;
    this.note = reply.sentence;
    this.draw();
  }

  /** Nothing is sent: what to do with it is up to the reader. */
  async copyReport() {
    const text = reportOf(this.fold);
    try {
      await navigator.clipboard.writeText(text);
      this.note = says('line_copied');
      this.report = null;
    } catch {
      // pages without encryption, and pages that forbid it, have no clipboard
      this.note = says('line_copy_field');
      this.report = text;
    }
    this.asked = false;
    this.draw();
    const field = /** @type {HTMLTextAreaElement | null} */ (this.panel.querySelector('textarea'));
    field?.focus();
    field?.select();
  }

  /** Back to what it said at first. */
  reset() {
    this.note = '';
    this.asked = false;
    this.report = null;
  }
}

/** Makes these the children, and lets a child that stays keep the focus. @param {Element} parent @param {Element[]} wanted */
function put(parent, wanted) {
  for (const child of [...parent.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((child, n) => {
    if (parent.children[n] !== child) parent.insertBefore(child, parent.children[n] ?? null);
  });
}

/** @param {HTMLElement} element @param {Record<string, string>} rules */
function dress(element, rules) {
  const style = dom.style(element);
  for (const [name, value] of Object.entries(rules)) style.setProperty(name, value, 'important');
}

/** What a developer needs to know about a fold that was wrong. @param {Fold} fold */
function reportOf({ text, score, reasons, byHand }) {
  const why = reasons.map(({ key, cues }) =>
    cues.length > 0 ? `${key} (${cues.join('; ')})` : key,
  );
  return [
    `Fold Appeals ${chrome.runtime.getManifest().version}: not an appeal`,
    `host: ${location.hostname}`,
    `language: ${(dom.root(document) && dom.attribute(dom.root(document), 'lang')) || 'not declared'}`,
    `score: ${byHand ? 'folded by hand' : score}`,
    `reasons: ${why.join(', ') || 'none'}`,
    '',
    text,
  ].join('\n');
}
