// The user-origin sheet: it beats every rule of the page, inline `!important` too, and the page
// cannot see it.

/** What each word of the attribute does. @type {Record<string, string>} */
const RULES = {
  gone: 'display:none',
  line: 'all:initial;display:block;color:inherit;color-scheme:inherit;margin:4px 0 12px;height:28px;max-width:100%;overflow:hidden',
  tall: 'height:auto',
  veil: 'display:none',
  root: 'overflow-y:auto;touch-action:auto',
  free: 'overflow-y:visible;touch-action:auto',
  still: 'position:static;top:auto;width:auto;height:auto',
  scroll: 'overflow-y:auto;touch-action:auto',
  sharp: 'filter:none',
  use: 'pointer-events:auto;user-select:auto',
  up: 'padding-top:0;margin-top:0',
  down: 'padding-bottom:0',
  raise: 'top:0',
};

/** @param {string} attr the random attribute of one document */
function sheet(attr) {
  return Object.entries(RULES)
    .map(([word, rule]) => `[${attr}~="${word}"]{${rule.replaceAll(/;|$/g, '!important;')}}`)
    .join('');
}

/** @param {unknown} attr @returns {attr is string} */
export function isAttr(attr) {
  return typeof attr === 'string' && /^[a-z]{8,20}$/.test(attr);
}

/**
 * @param {chrome.runtime.MessageSender} sender
 * @param {unknown} attr
 * @param {boolean} [everywhere] also in the frames inside
 */
export async function insertSheet(sender, attr, everywhere = false) {
  const tabId = sender.tab?.id;
  if (tabId === undefined || !isAttr(attr)) throw new Error('bad sheet request');
  const css = sheet(attr);
  if (everywhere) {
    await chrome.scripting.insertCSS({ target: { tabId, allFrames: true }, css, origin: 'USER' });
    return;
  }
  // Chromium names the document, so that a navigation in between cannot get the sheet.
  const target = sender.documentId
    ? { tabId, documentIds: [sender.documentId] }
    : { tabId, frameIds: [sender.frameId ?? 0] };
  await chrome.scripting.insertCSS({ target, css, origin: 'USER' });
}
