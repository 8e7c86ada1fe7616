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

/** @returns {Promise<Record<string, number>>} how many are kept, by site */
export async function summary() {
  const all = Object.entries(await chrome.storage.local.get(null));
  const sites = all.filter(([key]) => key.startsWith(PREFIX));
  return Object.fromEntries(
    sites.map(([key, value]) => {
      const { not, folds } = read(value);
      return [key.slice(PREFIX.length), not.length + folds.length];
    }),
  );
}

/** @param {string} site */
export async function clearSite(site) {
  await chrome.storage.local.remove(PREFIX + site);
}

export async function clearAll() {
  const sites = Object.keys(await summary());
  await chrome.storage.local.remove(sites.map((site) => PREFIX + site));
}
