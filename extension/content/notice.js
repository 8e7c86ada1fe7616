// A sentence at the foot of the window, when what the reader asked for cannot be done. It goes by itself.

const NOTICE_TIME = 8_000;
const NOTICE_STYLE = {
  display: 'block',
  position: 'fixed',
  inset: 'auto 0 24px',
  'box-sizing': 'border-box',
  width: 'fit-content',
  'max-width': 'min(32em, calc(100% - 32px))',
  margin: '0 auto',
  padding: '10px 16px',
  border: '1px solid #ffffff80',
  'border-radius': '12px',
  'z-index': '2147483647',
  background: '#1b2230',
  color: '#ffffff',
  font: '14px/22px system-ui, sans-serif',
};

const notice = {
  /** @type {HTMLElement | null} */
  host: null,
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer: undefined,

  /** @param {string} words */
  say(words) {
    this.end();
    const host = dom.create(document, 'div');
    ours.add(host);
    dom.listen(host, 'click', () => this.end());
    // Not important: a reader's own spacing of text holds here, too.
    dom.style(host).setProperty('all', 'initial');
    dress(host, NOTICE_STYLE);
    const place = dom.create(document, 'div');
    place.setAttribute('role', 'status');
    place.dir = 'auto';
    host.attachShadow({ mode: 'closed' }).append(place);
    dom.root(document)?.append(host);
    // A dialog of the page must not cover it.
    host.popover = 'manual';
    host.showPopover();
    this.host = host;
    // Screen readers tell what changes in a place they know.
    setTimeout(() => {
      place.textContent = words;
    }, 50);
    this.timer = setTimeout(() => this.end(), NOTICE_TIME);
  },

  end() {
    clearTimeout(this.timer);
    this.host?.remove();
    this.host = null;
  },
};
