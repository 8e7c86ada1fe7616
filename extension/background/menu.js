// The context menu of pages: "fold this as an appeal", "never fold here".
import { change, choose, siteOf } from '../shared/settings.js';
import { showTrouble } from './badge.js';

const PAGES = ['http://*/*', 'https://*/*'];

/** Menus outlive the background, so they are made once. */
export function listenForMenu() {
  chrome.runtime.onInstalled.addListener(make);
  chrome.contextMenus.onClicked.addListener(act);
}

async function make() {
  await chrome.contextMenus.removeAll();
  for (const [id, contexts] of /** @type {const} */ ([
    ['fold-this', ['page', 'selection', 'link', 'image', 'frame', 'video', 'audio']],
    ['never-here', ['page', 'selection', 'link', 'image', 'frame', 'video', 'audio']],
  ]))
    chrome.contextMenus.create({
      id,
      title: chrome.i18n.getMessage(`menu_${id.replace('-', '_')}`),
      contexts: [...contexts],
      documentUrlPatterns: PAGES,
    });
}

/** @param {chrome.contextMenus.OnClickData} info @param {chrome.tabs.Tab} [tab] */
export async function act({ menuItemId, selectionText, frameId, frameUrl, pageUrl }, tab) {
  if (menuItemId === 'never-here') {
    const site = siteOf(tab?.url ?? pageUrl ?? '');
    if (site) await change((settings) => choose(settings, site, false));
    return;
  }
  if (menuItemId !== 'fold-this' || tab?.id === undefined) return;
  // the selection in a frame is the frame's; as a whole the frame can be folded
  const frame = frameId ? frameUrl : undefined;
  /** @type {ToPage} */
  const message = { type: 'fold-this', selected: Boolean(selectionText) && !frame, frame };
  const reply = await chrome.tabs.sendMessage(tab.id, message, { frameId: 0 }).catch(() => null);
  // Without a content script the page cannot say it; the popup says why.
  if (!reply) await showTrouble(tab.id);
}
