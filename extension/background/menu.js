// The context menu of pages: "fold this as an appeal", "never fold here".
import { change, choose, read, siteOf } from '../shared/settings.js';
import { speaker } from '../shared/words.js';
import { showTrouble } from './badge.js';

const PAGES = ['http://*/*', 'https://*/*'];
const ENTRIES = /** @type {const} */ ([
  ['fold-this', ['page', 'selection', 'link', 'image', 'frame', 'video', 'audio']],
  ['never-here', ['page', 'selection', 'link', 'image', 'frame', 'video', 'audio']],
]);

/** Menus outlive the background, so they are made once. */
export function listenForMenu() {
  chrome.runtime.onInstalled.addListener(make);
  chrome.contextMenus.onClicked.addListener(act);
  chrome.storage.onChanged.addListener((changes) => {
    const { oldValue, newValue } = changes.settings ?? {};
    if (language(oldValue) !== language(newValue)) rename();
  });
}

/** @param {unknown} settings as they are stored */
const language = (settings) => /** @type {Partial<Settings> | undefined} */ (settings)?.language;

/** The entries with their words. */
async function entries() {
  const { text } = await speaker((await read()).language);
  return ENTRIES.map(([id, contexts]) => {
    return { id, contexts, title: text(`menu_${id.replace('-', '_')}`) };
  });
}

async function make() {
  await chrome.contextMenus.removeAll();
  for (const { id, contexts, title } of await entries())
    chrome.contextMenus.create({ id, contexts: [...contexts], title, documentUrlPatterns: PAGES });
}

export async function rename() {
  for (const { id, title } of await entries())
    await chrome.contextMenus.update(id, { title }).catch(() => {
      // not made yet: then it is made with these words
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
