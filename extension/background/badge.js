// The count on the toolbar button, per tab. The browser clears it on navigation.

/** @param {number | undefined} tabId @param {unknown} count */
export async function showCount(tabId, count) {
  if (tabId === undefined || !Number.isInteger(count)) return;
  const number = /** @type {number} */ (count);
  await chrome.action.setBadgeBackgroundColor({ tabId, color: '#4a5568' });
  await chrome.action.setBadgeText({ tabId, text: number > 0 ? String(Math.min(number, 99)) : '' });
}
