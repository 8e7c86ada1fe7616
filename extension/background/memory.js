// Fingerprints of appeals folded before, per site: storage.local, keys "seen:<site>". Bounded, and
// gone with the site's switch. Never texts, never from private windows.
import { isHost, validate } from '../shared/settings.js';

const PREFIX = 'seen:';
const PER_SITE = 80;
const SITES = 300;

/** @typedef {{ day?: number, prints?: unknown }} Memory what is kept for one site */

/** @param {unknown} list @returns {string[]} */
function prints(list) {
  if (!Array.isArray(list)) return [];
  return list.filter((p) => typeof p === 'string' && /^[0-9]{2,4}\.[0-9a-z]{1,12}$/.test(p));
}

// Two pages of one site may learn at once: one after the other.
/** @type {Promise<unknown>} */
let queue = Promise.resolve();

/** @param {string} site @param {unknown} fresh @param {unknown} wrong */
export function remember(site, fresh, wrong) {
  const turn = queue.then(async () => {
    if (!isHost(site)) return;
    const key = PREFIX + site;
    const stored = /** @type {Memory | undefined} */ ((await chrome.storage.local.get(key))[key]);
    const refused = new Set(prints(wrong));
    const kept = new Set(prints(stored?.prints).filter((p) => !refused.has(p)));
    for (const print of prints(fresh)) {
      kept.delete(print);
      kept.add(print);
    }
    const list = [...kept].slice(-PER_SITE);
    if (list.length === 0) await chrome.storage.local.remove(key);
    else await chrome.storage.local.set({ [key]: { day: today(), prints: list } });
    if (!stored) await prune();
  });
  queue = turn.catch(() => {});
  return turn;
}

function today() {
  return Math.floor(Date.now() / 86_400_000);
}

/** Keeps the sites that were seen last. */
async function prune() {
  /** @type {Record<string, Memory>} */
  const all = await chrome.storage.local.get(null);
  const sites = Object.keys(all).filter((key) => key.startsWith(PREFIX));
  if (sites.length <= SITES) return;
  sites.sort((a, b) => (all[b]?.day ?? 0) - (all[a]?.day ?? 0));
  await chrome.storage.local.remove(sites.slice(SITES));
}

/** @returns {Promise<Record<string, number>>} how many are remembered, by site */
export async function summary() {
  /** @type {Record<string, Memory>} */
  const all = await chrome.storage.local.get(null);
  const sites = Object.entries(all).filter(([key]) => key.startsWith(PREFIX));
  return Object.fromEntries(
    sites.map(([key, { prints: list }]) => [key.slice(PREFIX.length), prints(list).length]),
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

/** Switching a site off forgets it; switching everything off does not. */
export function forgetWithSwitch() {
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area !== 'local' || !changes.settings) return;
    const { sites } = validate(changes.settings.newValue);
    const off = Object.keys(sites).filter((site) => !sites[site]);
    if (off.length > 0) chrome.storage.local.remove(off.map((site) => PREFIX + site));
  });
}
