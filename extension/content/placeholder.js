// The quiet line that stands where an appeal was folded in the text. The user sheet styles its host,
// CSSOM its button: no style element, so no page policy can refuse it.

const BUTTON_STYLE = {
  appearance: 'none',
  display: 'block',
  'box-sizing': 'border-box',
  'max-width': '100%',
  height: '28px',
  margin: '0',
  padding: '4px 2px',
  border: '0',
  'outline-offset': '-2px',
  background: 'none',
  color: 'inherit',
  opacity: '0.8',
  font: '13px/20px system-ui, sans-serif',
  'text-align': 'start',
  'white-space': 'nowrap',
  'text-overflow': 'ellipsis',
  overflow: 'hidden',
  cursor: 'pointer',
};

/** @param {HTMLElement} element @param {Record<string, string>} rules */
function dress(element, rules) {
  const style = dom.style(element);
  for (const [name, value] of Object.entries(rules)) style.setProperty(name, value, 'important');
}

/**
 * @param {Document} doc
 * @param {() => void} show
 * @returns {HTMLElement} the host to put into the page
 */
function makeLine(doc, show) {
  const host = dom.create(doc, 'div');
  // The user sheet shows the host, so the line goes when the extension goes.
  dress(host, { display: 'none' });
  const root = host.attachShadow({ mode: 'closed' });
  const button = /** @type {HTMLButtonElement} */ (dom.create(doc, 'button'));
  button.type = 'button';
  button.lang = chrome.i18n.getUILanguage();
  button.dir = chrome.i18n.getMessage('@@bidi_dir');
  dress(button, BUTTON_STYLE);
  const action = dom.create(doc, 'span');
  dress(action, { 'text-decoration': 'underline' });
  action.append(chrome.i18n.getMessage('line_show'));
  button.append(`${chrome.i18n.getMessage('line_text')} · `, action);
  button.setAttribute('aria-expanded', 'false');
  dom.listen(button, 'click', (event) => {
    // a page cannot press it for the reader
    if (event.isTrusted) show();
  });
  root.append(button);
  return host;
}
