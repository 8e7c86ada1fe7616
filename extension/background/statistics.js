// How much was folded on this device: storage.local, key "statistics". Two numbers, no sites.

const KEY = 'statistics';

/** @typedef {{ since: number, folded: number }} Statistics since: milliseconds */

/** @returns {Promise<Statistics | null>} null: nothing was counted yet */
export async function statistics() {
  const { [KEY]: stored } = await chrome.storage.local.get(KEY);
  const { since, folded } = /** @type {Partial<Statistics>} */ (stored ?? {});
  const whole = Number.isSafeInteger(since) && Number.isSafeInteger(folded);
  return whole ? /** @type {Statistics} */ ({ since, folded }) : null;
}

/** @param {unknown} fresh */
export async function countFolds(fresh) {
  if (!Number.isInteger(fresh) || /** @type {number} */ (fresh) < 1) return;
  await navigator.locks.request(KEY, async () => {
    const { since, folded } = (await statistics()) ?? { since: Date.now(), folded: 0 };
    await chrome.storage.local.set({
      [KEY]: { since, folded: folded + /** @type {number} */ (fresh) },
    });
  });
}

export async function clearStatistics() {
  await chrome.storage.local.remove(KEY);
}
