// The choices of a person: storage.local, key "settings". Read defensively, written whole.

/** @returns {Settings} */
export function defaults() {
  return { version: 1, enabled: true, sites: {} };
}

/**
 * Whatever is stored, a valid Settings comes out; entries that make no sense are dropped.
 * @param {unknown} stored
 * @returns {Settings}
 */
export function validate(stored) {
  const settings = defaults();
  if (stored === null || typeof stored !== 'object') return settings;
  const { enabled, sites } = /** @type {Record<string, unknown>} */ (stored);
  if (typeof enabled === 'boolean') settings.enabled = enabled;
  if (sites !== null && typeof sites === 'object' && !Array.isArray(sites)) {
    /** @type {Record<string, boolean>} */
    const clean = Object.create(null);
    for (const [host, on] of Object.entries(sites))
      if (isHost(host) && typeof on === 'boolean') clean[host] = on;
    settings.sites = clean;
  }
  return settings;
}

/** @param {string} host */
export function isHost(host) {
  return host.length <= 253 && /^[a-z0-9_.:[\]-]+$/.test(host);
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

/** @param {Settings} settings @param {string} site */
export function isOn(settings, site) {
  return settings.enabled && !(Object.hasOwn(settings.sites, site) && !settings.sites[site]);
}

/** @returns {Promise<Settings>} */
export async function read() {
  const { settings } = await chrome.storage.local.get('settings');
  return validate(settings);
}

/** @param {(settings: Settings) => void} edit */
export async function change(edit) {
  const settings = await read();
  edit(settings);
  await chrome.storage.local.set({ settings: { ...settings, sites: { ...settings.sites } } });
}
