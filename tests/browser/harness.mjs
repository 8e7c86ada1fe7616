// One browser with the built extension, without network: pages are served by interception.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { findBrowser } from './binaries.mjs';
import { eventually } from './eventually.mjs';
import { Tab } from './tab.mjs';

/** @typedef {'chrome' | 'firefox'} Kind */
/** @typedef {import('puppeteer-core').Browser} Browser */

/** @type {Kind[]} */
export const KINDS = ['chrome', 'firefox'];
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

// Firefox gives every installation another host; this one is set beforehand by a preference.
const FIREFOX_HOST = '5b0f1f6e-6a44-4a3b-9a52-7f0de7f0a115';
const NOWHERE = '127.0.0.1:9';

/**
 * @typedef {object} Options
 * @property {string} [profile] folder of a profile that is kept
 * @property {string | null} [proxy] host:port of the proxy of all requests; default: a dead one
 * @property {boolean} [headless]
 * @property {number} [backgroundIdle] Firefox: milliseconds until the idle background page stops
 * @property {Record<string, unknown>} [prefs] Firefox: more preferences
 * @property {boolean} [extension] false: install it later with install()
 * @property {boolean} [welcome] the page that opens after installing stays open
 * @property {boolean} [bfcache] Chromium: pages that were left are kept, which its driver switches off
 */

/**
 * @param {Kind} kind
 * @param {Options} [options]
 */
export async function launch(kind, options = {}) {
  const common = {
    executablePath: findBrowser(kind),
    headless: options.headless ?? true,
    userDataDir: options.profile,
    defaultViewport: { width: 1000, height: 900 },
    timeout: 90_000,
    protocolTimeout: 120_000,
  };
  const browser =
    kind === 'chrome'
      ? await puppeteer.launch({
          ...common,
          browser: 'chrome',
          pipe: true,
          enableExtensions: true,
          ignoreDefaultArgs: options.bfcache ? ['--disable-back-forward-cache'] : false,
          args: chromiumArguments(options),
        })
      : await puppeteer.launch({
          ...common,
          browser: 'firefox',
          args: ['--remote-allow-system-access'],
          extraPrefsFirefox: firefoxPreferences(options),
        });
  const session = new Session(kind, browser);
  try {
    if (options.extension !== false) await session.install({ welcome: options.welcome });
  } catch (error) {
    await browser.close();
    throw error;
  }
  return session;
}

/** @param {Options} options */
function chromiumArguments({ proxy = NOWHERE }) {
  const args = ['--lang=en-US'];
  if (proxy) args.push(`--proxy-server=${proxy}`, '--proxy-bypass-list=<-loopback>');
  // Chromium has no sandbox for root, and containers give it little shared memory.
  if (process.getuid?.() === 0) args.push('--no-sandbox', '--disable-dev-shm-usage');
  return args;
}

/** @param {Options} options */
function firefoxPreferences({ proxy = NOWHERE, backgroundIdle, prefs }) {
  const [host, port] = (proxy ?? '').split(':');
  return {
    'extensions.webextensions.uuids': JSON.stringify({ [geckoId()]: FIREFOX_HOST }),
    // A temporary installation ends with the browser; a real one keeps these two.
    'extensions.webextensions.keepStorageOnUninstall': true,
    'extensions.webextensions.keepUuidOnUninstall': true,
    'intl.locale.requested': 'en-US',
    ...(proxy && {
      'network.proxy.type': 1,
      'network.proxy.http': host,
      'network.proxy.http_port': Number(port),
      'network.proxy.ssl': host,
      'network.proxy.ssl_port': Number(port),
      'network.proxy.allow_hijacking_localhost': true,
    }),
    ...(backgroundIdle && { 'extensions.background.idle.timeout': backgroundIdle }),
    ...prefs,
  };
}

/** @param {Kind} kind */
export function extensionFolder(kind) {
  return `${ROOT}dist/${kind}`;
}

function geckoId() {
  const manifest = JSON.parse(readFileSync(`${extensionFolder('firefox')}/manifest.json`, 'utf8'));
  return manifest.browser_specific_settings.gecko.id;
}

/** A running browser. */
export class Session {
  #id = '';
  /** @type {Tab | undefined} a page of the extension: it can ask what only extensions may ask */
  #probe;
  /** @type {Promise<unknown>} */
  #opening = Promise.resolve();
  /** @type {Tab[]} */
  #free = [];

  /**
   * @param {Kind} kind
   * @param {Browser} browser
   */
  constructor(kind, browser) {
    this.kind = kind;
    this.browser = browser;
    /** The welcome page, where it was kept. @type {Tab | undefined} */
    this.welcome = undefined;
    /** @type {string[]} addresses that pages asked for and that no test served */
    this.refused = [];
  }

  /** @param {{ welcome?: boolean }} [options] welcome: the page that opens by itself stays open */
  async install({ welcome: keep = false } = {}) {
    this.#id = await this.#load(extensionFolder(this.kind));
    this.#probe = await this.extensionPage('popup/popup.html');
    const welcome = await eventually(
      () => this.#tabOf('welcome/welcome.html'),
      (id) => id !== null,
    );
    if (keep) this.welcome = await this.#pageOf('welcome/welcome.html');
    else await this.ask((id) => chrome.tabs.remove(/** @type {number} */ (id)), welcome);
    // Only the extension knows a tab's number: earlier tabs cannot be asked about.
    for (const tab of this.#free.splice(0)) await tab.page.close();
  }

  /** Also for private windows, which the driver's own command does not offer. @param {string} path @returns {Promise<string>} */
  async #load(path) {
    if (this.kind === 'chrome') {
      const cdp = await this.browser.target().createCDPSession();
      const parameters = { path, enableInIncognito: true };
      return (await cdp.send('Extensions.loadUnpacked', parameters)).id;
    }
    const { connection } = /** @type {any} */ (this.browser);
    const { result } = await connection.send('webExtension.install', {
      extensionData: { type: 'path', path },
      'moz:allowPrivateBrowsing': true,
    });
    return result.extension;
  }

  /** @param {string} path @returns {Promise<number | null>} */
  #tabOf(path) {
    return this.ask(async (url) => {
      const tab = (await chrome.tabs.query({})).find((one) => one.url?.startsWith(url));
      return tab?.status === 'complete' ? (tab.id ?? null) : null;
    }, this.extensionUrl(path));
  }

  /** A page of the extension that it opened itself. @param {string} path */
  async #pageOf(path) {
    for (const page of await this.browser.pages()) {
      // Firefox's driver does not know the address.
      const url = await page.evaluate(() => location.href);
      if (url.startsWith(this.extensionUrl(path))) return new Tab(this.kind, page, this.refused);
    }
    throw new Error(`${path} is not open`);
  }

  /** Takes the extension out of the running browser. */
  async uninstall() {
    await this.browser.uninstallExtension(this.#id);
    this.#probe = undefined;
  }

  /**
   * A tab in a window of its own, so that several are visible at once. Windows are used again:
   * hundreds of them would bring Firefox to a crawl.
   * @param {{ intercepted?: boolean }} [options] not intercepted: from the real network
   * @returns {Promise<Tab>}
   */
  newTab({ intercepted = true } = {}) {
    // One after the other, or their numbers could not be told apart.
    const opened = this.#opening.then(async () => {
      const used = this.#free.pop();
      if (used) return used;
      const before = await this.#tabIds();
      const page = await this.browser.newPage({ type: 'window' });
      const tab = new Tab(this.kind, page, this.refused);
      const after = await this.#tabIds();
      tab.id = after.find((id) => !before.includes(id)) ?? -1;
      tab.insideLines = () => this.ask(lookIntoLines, tab.id);
      await tab.prepare(intercepted);
      if (intercepted) tab.release = () => this.#free.push(tab);
      return tab;
    });
    this.#opening = opened.catch(() => {});
    return opened;
  }

  /** A tab in a private window. @returns {Promise<Tab>} */
  async privateTab() {
    const before = await this.browser.pages();
    const id = await this.ask(async () => {
      const opened = await chrome.windows.create({ incognito: true, url: 'about:blank' });
      return opened?.incognito ? opened.tabs?.[0]?.id : undefined;
    });
    if (id === undefined) throw new Error('no private window');
    const page = await eventually(
      async () => (await this.browser.pages()).find((one) => !before.includes(one)),
      (page) => page !== undefined,
    );
    const tab = new Tab(this.kind, /** @type {any} */ (page), this.refused);
    tab.id = id;
    tab.insideLines = () => this.ask(lookIntoLines, tab.id);
    await tab.prepare(true);
    return tab;
  }

  async #tabIds() {
    if (!this.#probe) return [];
    return this.ask(async () => (await chrome.tabs.query({})).map((tab) => tab.id ?? -1));
  }

  /**
   * Runs a function in a page of the extension.
   * @template {unknown[]} A
   * @template R
   * @param {(...args: A) => R} question
   * @param {A} args
   * @returns {Promise<Awaited<R>>}
   */
  async ask(question, ...args) {
    if (!this.#probe) throw new Error('the extension is not installed');
    return this.#probe.page.evaluate(/** @type {any} */ (question), ...args);
  }

  /**
   * Sends a tab what the popup would send; null where no content script answers.
   * @param {Tab} tab
   * @param {object} message
   * @returns {Promise<{ state: string, kind: string, folds: any[] } | null>}
   */
  tell(tab, message) {
    return this.ask(
      (id, message) => chrome.tabs.sendMessage(id, message, { frameId: 0 }).catch(() => null),
      tab.id,
      message,
    );
  }

  /**
   * Waits until the extension has judged the page; returns what the popup would say.
   * @param {Tab} tab
   */
  async judged(tab) {
    const report = await eventually(
      () => this.tell(tab, { type: 'report' }),
      (report) => report && report.state !== 'starting',
    );
    return /** @type {{ state: string, kind: string, folds: any[] }} */ (report);
  }

  /**
   * Stores choices as the popup does.
   * @param {Partial<Settings>} choices the others are the standard ones
   */
  async choose(choices) {
    const settings = { version: 2, enabled: true, sites: {}, ...choices };
    await this.ask((settings) => chrome.storage.local.set({ settings }), settings);
  }

  /** Forgets choices and remembered appeals, as if newly installed. */
  async forget() {
    await this.ask(() => chrome.storage.local.clear());
  }

  /** Forgets the appeals remembered for one site. @param {string} host */
  async forgetSite(host) {
    const key = `seen:${host.replace(/^www\./, '')}`;
    await this.ask((key) => chrome.storage.local.remove(key), key);
  }

  /** @param {Tab} tab */
  badge(tab) {
    return this.ask((tabId) => chrome.action.getBadgeText({ tabId }), tab.id);
  }

  /** @param {string} path of a file of the extension, with query if needed */
  extensionUrl(path) {
    return this.kind === 'chrome'
      ? `chrome-extension://${this.#id}/${path}`
      : `moz-extension://${FIREFOX_HOST}/${path}`;
  }

  /**
   * Opens a page of the extension in a tab.
   * @param {string} path
   */
  async extensionPage(path) {
    const page = await this.browser.newPage();
    const url = this.extensionUrl(path);
    const tab = new Tab(this.kind, page, this.refused);
    if (this.kind === 'chrome') {
      await page.goto(url);
    } else {
      // In Firefox this never resolves, although the page loads.
      page.goto(url).catch(() => {});
      await tab.until(
        (wanted) => location.href === wanted && document.readyState === 'complete',
        url,
      );
    }
    return tab;
  }

  /**
   * Opens the popup for a tab: the real one in Chromium, its page in Firefox.
   * @param {Tab} tab
   */
  async popup(tab) {
    if (this.kind === 'firefox') return this.extensionPage(`popup/popup.html?tab=${tab.id}`);
    const extension = (await this.browser.extensions()).get(this.#id);
    if (!extension) throw new Error('Chromium does not know the extension');
    await tab.page.bringToFront();
    const before = this.browser.targets();
    const opened = this.browser.waitForTarget(
      (target) => target.url().startsWith(this.extensionUrl('popup/')) && !before.includes(target),
    );
    await tab.page.triggerExtensionAction(extension);
    const popup = new Tab(this.kind, await (await opened).asPage(), this.refused);
    popup.front = async () => {}; // it is, or it is gone
    return popup;
  }

  /** Stops the service worker of Chromium; false when it was not running. */
  async stopWorker() {
    const target = this.browser
      .targets()
      .find((one) => one.type() === 'service_worker' && one.url().includes(this.#id));
    if (!target) return false;
    try {
      await (await target.worker())?.close();
    } catch (error) {
      // It stopped while we were about to stop it.
      if (!/No session|Target closed|No target/.test(String(error))) throw error;
    }
    return true;
  }

  async close() {
    await this.browser.close();
  }
}

/**
 * Runs in a page of the extension, and from there in the content script: the lines' roots are closed.
 * @param {number} tabId
 * @returns {Promise<import('./tab.mjs').LineInside[]>}
 */
async function lookIntoLines(tabId) {
  const [injected] = await chrome.scripting.executeScript({
    target: { tabId },
    func: () => {
      const named = (/** @type {Element} */ element) =>
        [...element.attributes].some(
          ({ name, value }) => /^[a-z]{12}$/.test(name) && value.split(' ').includes('line'),
        );
      const rootOf = (/** @type {any} */ host) =>
        chrome.dom?.openOrClosedShadowRoot(host) ?? host.openOrClosedShadowRoot;
      const all = [...document.querySelectorAll('*')].filter(named).map((host) => {
        const root = /** @type {ShadowRoot} */ (rootOf(host));
        const [row, panel] = /** @type {any} */ (root.children);
        return { host, root, row, panel };
      });
      const box = (/** @type {Element} */ e) => e.getBoundingClientRect();
      return all
        .toSorted((a, b) => box(a.host).top - box(b.host).top)
        .map((line) => ({
          says: line.row.querySelector('span').textContent,
          left: box(line.row.querySelector('span')).left,
          note: line.panel.querySelector('span')?.textContent ?? '',
          field: line.panel.querySelector('textarea')?.value ?? null,
          focused: line.root.activeElement?.textContent ?? '',
          height: box(line.host).height,
          buttons: [
            ...line.row.querySelectorAll('button'),
            ...line.panel.querySelectorAll('button'),
          ].map((button) => {
            const { left, top, width, height } = box(button);
            return {
              name: button.textContent,
              x: left + width / 2,
              y: top + height / 2,
              width,
              height,
            };
          }),
        }));
    },
  });
  return injected?.result ?? [];
}
