// The toolbar button: its count and its icon, per tab. The browser clears both on navigation. Firefox
// for Android has a menu entry in its place: what it lacks is skipped.
import { isChosen, read, siteOf } from '../shared/settings.js';

/** @typedef {'on' | 'off' | 'paused'} IconState */

/** @param {IconState} state */
function icon(state) {
  return Object.fromEntries([16, 24, 32, 48].map((size) => [size, `/icons/${state}-${size}.png`]));
}

// The count told last is the one that stays.
/** @type {Promise<unknown>} */
let queue = Promise.resolve();

/** @param {number | undefined} tabId @param {unknown} count */
export function showCount(tabId, count) {
  const turn = queue.then(async () => {
    if (tabId === undefined || !Number.isInteger(count)) return;
    const number = (await read()).badge ? /** @type {number} */ (count) : 0;
    const text = number > 0 ? String(Math.min(number, 99)) : '';
    await chrome.action.setBadgeBackgroundColor?.({ tabId, color: '#4a5568' });
    await chrome.action.setBadgeText?.({ tabId, text });
  });
  queue = turn.catch(() => {}); // the tab was closed meanwhile
  return turn;
}

/** Something asked for could not be done here; the popup says why. @param {number} tabId */
export async function showTrouble(tabId) {
  await chrome.action.setBadgeText?.({ tabId, text: '!' });
}

/** @param {number | undefined} tabId @param {Settings} settings @param {string | null} site */
export async function showState(tabId, settings, site) {
  if (tabId === undefined) return;
  await chrome.action.setIcon?.({ tabId, path: icon(stateFor(settings, site)) });
}

/** @param {Settings} settings @param {string | null} site @returns {IconState} */
function stateFor(settings, site) {
  if (!settings.enabled) return 'paused';
  return site === null || isChosen(settings, site) ? 'on' : 'off';
}

/** The icon of all tabs, which the browser forgets when it ends, and the icons and counts of the open ones. */
export async function showEverywhere() {
  const settings = await read();
  await chrome.action.setIcon?.({ path: icon(settings.enabled ? 'on' : 'paused') });
  const tabs = await chrome.tabs.query({});
  await Promise.all(tabs.map((tab) => showTab(tab, settings).catch(() => {}))); // tabs may close meanwhile
}

/** @param {chrome.tabs.Tab} tab @param {Settings} settings */
async function showTab({ id, url }, settings) {
  if (id === undefined) return;
  await showState(id, settings, siteOf(url ?? ''));
  /** @type {PageReport | null} */
  const report = await chrome.tabs
    .sendMessage(id, { type: 'report' }, { frameId: 0 })
    .catch(() => null); // no content script there
  await showCount(id, report?.folds.filter((fold) => !fold.shown).length ?? 0);
}

/** Must run while the worker starts. */
export function followSettings() {
  chrome.runtime.onStartup.addListener(showEverywhere);
  chrome.runtime.onInstalled.addListener(showEverywhere);
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === 'local' && changes.settings) showEverywhere();
  });
}
