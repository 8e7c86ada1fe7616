// A copy of the settings in the browser's own synchronisation, off at first. storage.local is the
// truth; the copy carries a time, and the last writer wins. What does not fit stays on this device.
import { change, check, isHost, read, VERSION } from '../shared/settings.js';

// chrome.storage.sync takes 8,192 bytes an item, key and JSON quotes included, and 102,400 in all.
const ITEM = 8_000;
const ITEMS = 12;
const HEAD = 'settings';
const STATE = 'sync';

/**
 * What this device knows of the copy. `at`: time of the copy it last wrote or read; `left`: sites
 * that did not fit; `error`: why the browser refused; `future`: the copy is of a later version.
 * @typedef {{ device: string, at: number, left: number, error: string, future: boolean }} SyncState
 * @typedef {{ version: number, at: number, device: string, parts: number, left: number, choices: object }} Head
 */

/** @returns {Promise<SyncState>} */
export async function syncState() {
  const { [STATE]: stored } = await chrome.storage.local.get(STATE);
  return {
    device: '',
    at: 0,
    left: 0,
    error: '',
    future: false,
    .../** @type {object} */ (stored),
  };
}

/**
 * The settings as items of storage.sync. Every part carries the time of its head: parts of several
 * devices never mix.
 * @param {Settings} settings @param {string} device @param {number} at
 * @returns {{ items: Record<string, unknown>, left: number }}
 */
export function packed(settings, device, at) {
  const { version, sites, sync, ...choices } = settings;
  const parts = [''];
  let left = 0;
  // The latest choices first: they are the ones to keep if not all fit.
  for (const [host, on] of Object.entries(sites).reverse()) {
    const word = `${on ? '+' : '-'}${host} `;
    const room = (parts.at(-1) ?? '').length + word.length <= ITEM;
    if (room) parts[parts.length - 1] += word;
    else if (parts.length < ITEMS) parts.push(word);
    else left++;
  }
  /** @type {Head} */
  const head = { version, at, device, parts: parts.length, left, choices };
  const items = parts.map((part, n) => [`${HEAD}.${n}`, `${at} ${part}`]);
  return { items: { ...Object.fromEntries(items), [HEAD]: head }, left };
}

/**
 * What another device wrote.
 * @param {Record<string, unknown>} items
 * @returns {{ head: Head, settings: Settings } | 'future' | null} null: nothing there, or not all of it yet
 */
export function unpacked(items) {
  const head = /** @type {Head | undefined} */ (items[HEAD]);
  if (!head || typeof head !== 'object') return null;
  if (typeof head.version === 'number' && head.version > VERSION) return 'future';
  if (!Number.isInteger(head.parts) || head.parts > ITEMS || !Number.isSafeInteger(head.at))
    return null;
  /** @type {Record<string, boolean>} */
  const sites = Object.create(null);
  for (let n = head.parts - 1; n >= 0; n--) {
    const [at, ...words] = String(items[`${HEAD}.${n}`]).trim().split(' ');
    if (at !== String(head.at)) return null;
    for (const word of words.reverse())
      if (isHost(word.slice(1))) sites[word.slice(1)] = word[0] === '+';
  }
  return { head, settings: check({ ...head.choices, version: head.version, sites }).settings };
}

/** Writes the copy. */
async function push() {
  const [settings, state] = await Promise.all([read(), syncState()]);
  if (!settings.sync) return;
  const device = state.device || crypto.randomUUID();
  // Never earlier than what was read: clocks differ.
  const at = Math.max(Date.now(), state.at + 1);
  const { items, left } = packed(settings, device, at);
  /** @type {SyncState} */
  const next = { ...state, device, at, left, error: '', future: false };
  try {
    if (unpacked(await chrome.storage.sync.get(null)) === 'future') next.future = true;
    else await chrome.storage.sync.set(items);
  } catch (error) {
    next.error = error instanceof Error ? error.message : String(error);
    next.at = state.at;
  }
  await chrome.storage.local.set({ [STATE]: next });
}

/** Takes over what another device wrote later. @param {boolean} [joining] sites of both are kept */
async function pull(joining = false) {
  const [settings, state] = await Promise.all([read(), syncState()]);
  if (!settings.sync) return;
  /** @type {ReturnType<typeof unpacked>} */
  let copy;
  try {
    copy = unpacked(await chrome.storage.sync.get(null));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await chrome.storage.local.set({ [STATE]: { ...state, error: message } });
    return;
  }
  if (copy === 'future') {
    await chrome.storage.local.set({ [STATE]: { ...state, future: true } });
    return;
  }
  if (!copy || copy.head.device === state.device || copy.head.at <= state.at) return;
  const { head } = copy;
  const theirs = copy.settings;
  await change(
    (settings) => {
      // What did not fit into the copy is not missing there by choice.
      const kept = joining || head.left > 0 ? Object.entries(settings.sites) : [];
      const only = kept.filter(([host]) => !Object.hasOwn(theirs.sites, host));
      const both = [only, Object.entries(theirs.sites)];
      // The later ones are the last to be left out of a full copy.
      if (joining) both.reverse();
      const sites = Object.assign(Object.create(null), ...both.map(Object.fromEntries));
      Object.assign(settings, theirs, { sync: true, sites });
    },
    { [STATE]: { ...state, at: head.at, left: 0, error: '', future: false } },
  );
}

// One after the other: a copy being written must not meet one being read.
/** @type {Promise<unknown>} */
let queue = Promise.resolve();

/** @param {() => Promise<unknown>} work */
function next(work) {
  queue = queue.then(work).catch((error) => console.error('sync', error));
}

/** Must run while the worker starts. */
export function followSync() {
  chrome.runtime.onStartup.addListener(() => next(pull));
  chrome.storage.onChanged.addListener((changes, area) => {
    if (area === 'sync') next(pull);
    // Settings that came with a state of ours came from the copy.
    if (area !== 'local' || !changes.settings || changes[STATE]) return;
    const was = check(changes.settings.oldValue).settings.sync;
    if (!was && check(changes.settings.newValue).settings.sync) next(() => pull(true));
    next(push);
  });
}
