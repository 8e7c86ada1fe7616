// Fingerprints of appeals folded before, per site: storage.local, keys "seen:<site>". Bounded, and
// gone with the site's switch. Never texts, never from private windows.
import { isChosen, isHost, validate } from '../shared/settings.js';
import { listOf, plain } from './prints.js';

const PREFIX = 'seen:';
const PER_SITE = 160;
const SITES = 300;

/** @typedef {{ day?: number, prints?: unknown }} Memory what is kept for one site */

// Two pages of one site may learn at once: one after the other.
/** @type {Promise<unknown>} */
let queue = Promise.resolve();

/** @param {string} site @param {unknown} fresh @param {unknown} wrong */
export function remember(site, fresh, wrong) {
  const turn = queue.then(async () => {
    if (!isHost(site)) return;
    const key = PREFIX + site;
    const stored = /** @type {Memory | undefined} */ ((await chrome.storage.local.get(key))[key]);
    const learned = listOf(fresh);
    const out = new Set([...learned, ...listOf(wrong)].map(plain));
    const kept = listOf(stored?.prints).filter((print) => !out.has(plain(print)));
    const list = [...new Set([...kept, ...learned])].slice(-PER_SITE);
    if (list.length === 0) await chrome.storage.local.remove(key);
    else await chrome.storage.local.set({ [key]: { day: today(), prints: list } });
    if (!stored) await prune(key);
  });
  queue = turn.catch(() => {});
  return turn;
}

function today() {
  return Math.floor(Date.now() / 86_400_000);
}

/** Keeps the sites that were seen last. @param {string} newest */
async function prune(newest) {
  /** @type {Record<string, Memory>} */
  const all = await chrome.storage.local.get(null);
  const sites = Object.keys(all).filter((key) => key.startsWith(PREFIX));
  if (sites.length <= SITES) return;
  const day = (/** @type {string} */ key) => (key === newest ? Infinity : (all[key]?.day ?? 0));
  sites.sort((a, b) => day(b) - day(a));
  await chrome.storage.local.remove(sites.slice(SITES));
}

/** @returns {Promise<Record<string, number>>} how many are remembered, by site */
export async function summary() {
  /** @type {Record<string, Memory>} */
  const all = await chrome.storage.local.get(null);
  const sites = Object.entries(all).filter(([key]) => key.startsWith(PREFIX));
  return Object.fromEntries(
    sites.map(([key, { prints: list }]) => [key.slice(PREFIX.length), listOf(list).length]),
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
    const settings = validate(changes.settings.newValue);
    const off = Object.keys(settings.sites).filter((site) => !isChosen(settings, site));
    if (off.length > 0) chrome.storage.local.remove(off.map((site) => PREFIX + site));
  });
}
