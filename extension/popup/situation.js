// The tab the popup speaks about, and what its page says.
import { siteOf } from '../shared/settings.js';

/** @typedef {{ tab: chrome.tabs.Tab | undefined, report: PageReport | null, access: boolean }} Situation */

/** The active tab, or the one named in the address. */
async function findTab() {
  const named = new URLSearchParams(location.search).get('tab');
  if (named) return chrome.tabs.get(Number(named));
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  return tab;
}

/** @param {chrome.tabs.Tab | undefined} tab @param {ToPage} message @returns {Promise<PageReport | null>} */
export async function tell(tab, message) {
  if (tab?.id === undefined) return null;
  try {
    return await chrome.tabs.sendMessage(tab.id, message, { frameId: 0 });
  } catch {
    return null; // no content script there
  }
}

/** What access to a tab's page means. @param {chrome.tabs.Tab | undefined} tab @returns {string[]} */
export function originsOf(tab) {
  // Without access the browser hides the address too.
  if (tab && tab.url === undefined) return ['http://*/*', 'https://*/*'];
  return tab?.url && siteOf(tab.url) ? [`${new URL(tab.url).origin}/*`] : [];
}

/** @returns {Promise<Situation>} */
export async function look() {
  const tab = await findTab();
  const report = await tell(tab, { type: 'report' });
  const origins = originsOf(tab);
  const access =
    report !== null || origins.length === 0 || (await chrome.permissions.contains({ origins }));
  return { tab, report, access };
}
