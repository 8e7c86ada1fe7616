// The reader's own corrections, per site: storage.local, keys "mine:<site>". Fingerprints of texts that
// are no appeal, and of texts folded by hand. Never texts, never from private windows.
import { isHost } from '../shared/settings.js';
import { listOf, plain } from './prints.js';

const PREFIX = 'mine:';
const PER_SITE = 200;

/** @typedef {{ not: string[], folds: string[] }} Corrections */
/** @typedef {{ not?: unknown, folds?: unknown, undo?: unknown }} Correction */

/** @type {Promise<unknown>} */
let queue = Promise.resolve();

/**
 * What is new in one list leaves the other.
 * @param {string} site
 * @param {Correction} correction
 */
export function correct(site, { not, folds, undo }) {
  const turn = queue.then(async () => {
    if (!isHost(site)) return;
    const key = PREFIX + site;
    const stored = read((await chrome.storage.local.get(key))[key]);
    const fresh = { not: listOf(not), folds: listOf(folds) };
    const out = new Set([...fresh.not, ...fresh.folds, ...listOf(undo)].map(plain));
    const kept = (/** @type {string[]} */ list) => list.filter((print) => !out.has(plain(print)));
    const now = {
      not: [...kept(stored.not), ...fresh.not].slice(-PER_SITE),
      folds: [...kept(stored.folds), ...fresh.folds].slice(-PER_SITE),
    };
    if (now.not.length + now.folds.length === 0) await chrome.storage.local.remove(key);
    else await chrome.storage.local.set({ [key]: now });
  });
  queue = turn.catch(() => {});
  return turn;
}

/** @param {unknown} stored @returns {Corrections} */
function read(stored) {
  const { not, folds } = /** @type {{ not?: unknown, folds?: unknown }} */ (stored ?? {});
  return { not: listOf(not), folds: listOf(folds) };
}

/** How much is kept for each site. @returns {Promise<{ site: string, not: number, folds: number }[]>} */
export async function summary() {
  const all = Object.entries(await chrome.storage.local.get(null));
  return all
    .filter(([key]) => key.startsWith(PREFIX))
    .map(([key, value]) => {
      const { not, folds } = read(value);
      return { site: key.slice(PREFIX.length), not: not.length, folds: folds.length };
    });
}

/** @param {string} site */
export function clearSite(site) {
  return chrome.storage.local.remove(PREFIX + site);
}

export async function clearAll() {
  const keys = Object.keys(await chrome.storage.local.get(null));
  await chrome.storage.local.remove(keys.filter((key) => key.startsWith(PREFIX)));
}
