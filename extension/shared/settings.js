// The choices of a person: storage.local, key "settings". Read defensively, written whole.
import { LANGUAGES } from './languages.js';

export const VERSION = 2;
/** How many MB a file of settings may have; 5,000 sites take less than a tenth. */
export const LARGEST_FILE = 2;

/** What each setting but the sites may be; the first is the standard one. */
const ALLOWED = {
  enabled: [true, false],
  mode: ['except', 'only'],
  line: [true, false],
  certainty: ['balanced', 'careful', 'bold'],
  badge: [true, false],
  sync: [false, true],
  language: ['', ...LANGUAGES],
};

/** @typedef {{ key: string, values: string[] }} Problem a message of _locales and what stands in it */
/** @typedef {{ settings: Settings, problems: Problem[], future: boolean }} Checked */

/** @returns {Settings} */
export function defaults() {
  const entries = Object.entries(ALLOWED).map(([key, [standard]]) => [key, standard]);
  return { version: VERSION, sites: Object.create(null), ...Object.fromEntries(entries) };
}

/**
 * Whatever is stored, a valid Settings comes out; entries that make no sense are dropped.
 * @param {unknown} stored
 * @returns {Settings}
 */
export function validate(stored) {
  return check(stored).settings;
}

/**
 * The same, with what was wrong. Settings of a later version are not guessed at.
 * @param {unknown} stored
 * @returns {Checked}
 */
export function check(stored) {
  const settings = defaults();
  if (stored === undefined) return { settings, problems: [], future: false };
  if (!isObject(stored))
    return { settings, problems: [{ key: 'problem_not_settings', values: [] }], future: false };
  const version = own(stored, 'version');
  if (typeof version === 'number' && version > VERSION)
    return { settings, problems: [], future: true };
  return { settings, problems: take(settings, stored), future: false };
}

/**
 * Takes over what makes sense, entry by entry; absent entries change nothing. Only known names are
 * read, so no name in the input can reach anything else.
 * @param {Settings} settings changed
 * @param {object} given
 * @returns {Problem[]}
 */
function take(settings, given) {
  /** @type {Problem[]} */
  const problems = [];
  for (const [key, allowed] of Object.entries(ALLOWED)) {
    const value = own(given, key);
    if (value === undefined) continue;
    if (/** @type {unknown[]} */ (allowed).includes(value))
      Object.assign(settings, { [key]: value });
    else problems.push(refused(key, value, allowed));
  }
  const sites = own(given, 'sites');
  if (sites === undefined) return problems;
  if (!isObject(sites)) return [...problems, refused('sites', sites, ['{ … }'])];
  for (const [host, on] of Object.entries(sites)) {
    if (!isHost(host)) problems.push({ key: 'problem_site', values: [`sites.${shown(host)}`] });
    else if (typeof on !== 'boolean') problems.push(refused(`sites.${host}`, on, [true, false]));
    else settings.sites[host] = on;
  }
  return problems;
}

/** @param {string} where @param {unknown} value @param {unknown[]} allowed @returns {Problem} */
function refused(where, value, allowed) {
  const list = allowed.map((one) => (one === '{ … }' ? one : shown(one))).join(', ');
  return { key: 'problem_value', values: [where, shown(value), list] };
}

/** A value of any kind in a few letters. Never looks into objects: they may be 10,000 deep. @param {unknown} value */
function shown(value) {
  if (Array.isArray(value)) return '[ … ]';
  if (value !== null && typeof value === 'object') return '{ … }';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** @param {unknown} value @returns {value is object} */
function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** @param {object} object @param {string} key @returns {unknown} */
function own(object, key) {
  return Object.hasOwn(object, key) ? /** @type {any} */ (object)[key] : undefined;
}

/** A host as addresses write it. @param {string} host */
export function isHost(host) {
  if (host.length > 253 || host === '__proto__' || !/^[a-z0-9_.:[\]-]+$/.test(host)) return false;
  try {
    return new URL(`http://${host}/`).hostname === host;
  } catch {
    return false;
  }
}

/** The name under which a page's site is remembered. @param {string} url @returns {string | null} */
export function siteOf(url) {
  try {
    const { protocol, hostname } = new URL(url);
    return /^https?:$/.test(protocol) && hostname ? hostname.replace(/^www\./, '') : null;
  } catch {
    return null;
  }
}

/** What a person types when asked for a site: an address or only its host. @param {string} typed */
export function siteTyped(typed) {
  const input = typed.trim();
  const site = siteOf(/^[a-z]+:\/\//i.test(input) ? input : `https://${input}`);
  return site !== null && isHost(site) && /[.:]|^localhost$/.test(site) ? site : null;
}

/** @param {Settings} settings @param {string} site */
export function isOn(settings, site) {
  return settings.enabled && isChosen(settings, site);
}

/** Whether the choice for a site, or for all without one, is to fold. @param {Settings} settings @param {string} site */
export function isChosen({ mode, sites }, site) {
  const choice = Object.hasOwn(sites, site) ? sites[site] : undefined;
  return mode === 'only' ? choice === true : choice !== false;
}

/** Only what differs from the rest of the sites is kept. @param {Settings} settings @param {string} site @param {boolean} on */
export function choose(settings, site, on) {
  delete settings.sites[site];
  if (isChosen(settings, site) !== on) settings.sites[site] = on;
}

/** @returns {Promise<Settings>} */
export async function read() {
  return (await readChecked()).settings;
}

/** @returns {Promise<Checked>} */
export async function readChecked() {
  const { settings } = await chrome.storage.local.get('settings');
  return check(settings);
}

/**
 * Changes the settings, one change after the other across all contexts. Settings of a later version
 * stay as they are.
 * @param {(settings: Settings) => void} edit
 * @param {object} [also] what is stored in the same moment
 * @returns {Promise<boolean>} whether it was done
 */
export function change(edit, also = {}) {
  return navigator.locks.request('settings', async () => {
    const { settings, future } = await readChecked();
    if (future) return false;
    edit(settings);
    await chrome.storage.local.set({ settings: plain(settings), ...also });
    return true;
  });
}

/** What storage and JSON can carry. @param {Settings} settings */
function plain(settings) {
  return { ...settings, sites: { ...settings.sites } };
}

/** @param {Settings} settings @returns {string} the text of a file */
export function exported(settings) {
  const { sync, ...rest } = plain(settings);
  return `${JSON.stringify({ application: 'fold-appeals', ...rest }, null, 2)}\n`;
}

/**
 * Reads a file of settings over those there are: sites are added, other choices replaced.
 * Whether this device syncs is its own affair.
 * @param {string} text
 * @param {Settings} current not changed
 * @returns {{ settings: Settings | null, sites: number, problems: Problem[] }} null: nothing is taken over
 */
export function imported(text, current) {
  /** @param {string} key @param {unknown[]} values */
  const nothing = (key, ...values) => ({
    settings: null,
    sites: 0,
    problems: [{ key, values: values.map(String) }],
  });
  if (text.length > LARGEST_FILE * 1e6)
    return nothing('problem_too_large', (text.length / 1e6).toFixed(1), LARGEST_FILE);
  /** @type {unknown} */
  let file;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return nothing('problem_not_json', error instanceof Error ? error.message : error);
  }
  if (!isObject(file) || own(file, 'application') !== 'fold-appeals')
    return nothing('problem_not_settings');
  const version = own(file, 'version');
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return { ...nothing(''), problems: [refused('version', version, [1, VERSION])] };
  if (version > VERSION) return nothing('problem_future', version, VERSION);
  /** @type {Settings} */
  const settings = { ...current, sites: Object.assign(Object.create(null), current.sites) };
  const problems = take(settings, { ...file, sync: current.sync });
  for (const key of Object.keys(file))
    if (!KNOWN.has(key)) problems.push({ key: 'problem_unknown', values: [shown(key)] });
  const sites = own(file, 'sites');
  const named = isObject(sites) ? Object.keys(sites) : [];
  const taken = named.filter(
    (host) => isHost(host) && typeof own(/** @type {object} */ (sites), host) === 'boolean',
  );
  return { settings, sites: taken.length, problems };
}

const KNOWN = new Set(['application', 'version', 'sites', ...Object.keys(ALLOWED)]);
