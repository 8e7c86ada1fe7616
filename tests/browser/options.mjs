// The settings page as a person uses it.

import { eventually } from './eventually.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

export class Options {
  /** @param {Session} session @param {Tab} tab */
  constructor(session, tab) {
    this.session = session;
    this.tab = tab;
    this.page = tab.page;
  }

  /**
   * @template {unknown[]} A
   * @param {(...args: A) => boolean} condition
   * @param {A} args
   */
  until(condition, ...args) {
    return this.tab.until(condition, ...args);
  }

  /** Waits for the last thing to be drawn. */
  drawn() {
    return this.until(() => document.querySelector('#preview-count')?.textContent !== '');
  }

  /** @param {string} selector */
  press(selector) {
    return this.tab.press(selector);
  }

  /** @param {string} selector */
  text(selector) {
    return this.page.$eval(selector, (element) => element.textContent?.trim() ?? '');
  }

  /** Waits until what is stored is right. @param {(settings: Settings) => boolean} right */
  stored(right) {
    return eventually(
      () => this.session.ask(async () => (await chrome.storage.local.get('settings')).settings),
      (settings) => settings && right(/** @type {Settings} */ (settings)),
    );
  }

  sites() {
    return this.page.$$eval('#site-list li bdi', (all) => all.map((one) => one.textContent));
  }

  problems() {
    return this.page.$$eval('#problems li', (all) => all.map((one) => one.textContent ?? ''));
  }

  /** @param {string} site */
  async add(site) {
    const before = (await this.sites()).length;
    await this.page.type('#site-add', site);
    await this.page.keyboard.press('Enter');
    await eventually(
      () => this.sites(),
      (sites) => sites.length === before + 1,
    );
  }

  /** Exports, and reads the file instead of the disk's copy of it. @returns {Promise<string>} */
  async exported() {
    await this.page.evaluate(() => {
      const { createObjectURL } = URL;
      URL.createObjectURL = (/** @type {Blob} */ blob) => {
        Object.assign(globalThis, { exportedBlob: blob });
        return createObjectURL(blob);
      };
    });
    await this.press('#export');
    return eventually(
      () => this.page.evaluate(() => /** @type {any} */ (globalThis).exportedBlob?.text() ?? ''),
      (text) => text !== '',
    );
  }

  /** @param {string} path */
  async import(path) {
    await this.page.evaluate(() => {
      const place = document.querySelector('#imported');
      if (place) place.textContent = '';
    });
    const field = await this.page.$('#import');
    await /** @type {import('puppeteer-core').ElementHandle<HTMLInputElement>} */ (
      field
    ).uploadFile(path);
    await this.until(() => document.querySelector('#imported')?.textContent !== '');
  }

  async reset() {
    await this.press('#reset');
    await this.page.waitForSelector('#sure[open]');
    await this.press('#sure-yes');
    await this.stored(
      ({ enabled, mode, certainty, sites }) =>
        enabled && mode === 'except' && certainty === 'balanced' && Object.keys(sites).length === 0,
    );
    await this.until(() => /first day/.test(document.querySelector('#said')?.textContent ?? ''));
  }

  /** The ids of what the Tab key reaches from the top. @param {number} presses */
  async tabbed(presses) {
    await this.page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement)?.blur());
    const reached = [];
    for (let n = 0; n < presses; n++) {
      await this.page.keyboard.press('Tab');
      reached.push(await this.page.evaluate(() => document.activeElement?.id ?? ''));
    }
    return reached;
  }
}
