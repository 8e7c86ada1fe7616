// A tab: serves pages under any address and answers questions about what a reader sees.

import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually.mjs';
import { EYES, openEyes } from './eyes.mjs';

/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {import('puppeteer-core').HTTPRequest} HTTPRequest */

/**
 * @typedef {object} Served
 * @property {string} url
 * @property {string | Buffer} html
 * @property {string} [csp] Content-Security-Policy header
 * @property {string} [type] Content-Type
 * @property {number} [delay] milliseconds until it is answered
 *
 * @typedef {object} LineInside
 * @property {string} says
 * @property {number} left where that begins
 * @property {string} note what stands below the line
 * @property {string | null} field the text of the field below it
 * @property {string} focused the name of the button that has the focus
 * @property {number} height
 * @property {{ name: string, x: number, y: number, width: number, height: number }[]} buttons
 */

// Looks in a row at which what is to be pressed must stand where it stood.
const LOOKS = 5;

const OWN = /^(data|blob|about|chrome-extension|moz-extension|chrome):/;

export class Tab {
  /** @type {Map<string, Served>} */
  #served = new Map();
  /** @type {string[]} scripts that run before every document, until the tab is given back */
  #scripts = [];

  /**
   * @param {'chrome' | 'firefox'} kind
   * @param {Page} page
   * @param {string[]} refused collects the addresses nothing was served for
   */
  constructor(kind, page, refused) {
    this.kind = kind;
    /** The browser's own number of this tab. */
    this.id = -1;
    /** What the lines say, from top to bottom: only the extension sees into them. @type {() => Promise<LineInside[]>} */
    this.insideLines = async () => [];
    this.page = page;
    this.refused = refused;
    /** Serves what was not announced. @type {(url: string) => Served | undefined} */
    this.fallback = () => undefined;
    /** Takes the tab back. @type {(() => void) | undefined} */
    this.release = undefined;
    /** @type {string[]} errors thrown in the page */
    this.errors = [];
    // Pages beyond measure take their time where several browsers share two cores.
    page.setDefaultNavigationTimeout(90_000);
    page.on('pageerror', (error) => {
      // Firefox also tells what the page's own policy refuses the page.
      if (!/Content-Security-Policy:/.test(String(error))) this.errors.push(String(error));
    });
  }

  /** @param {boolean} intercepted */
  async prepare(intercepted) {
    await this.page.evaluateOnNewDocument(openEyes, EYES);
    if (!intercepted) return;
    await this.page.setRequestInterception(true);
    this.page.on('request', (request) => {
      this.#answer(request).catch(() => {
        // The page was closed or navigated away meanwhile.
      });
    });
  }

  /** @param {HTTPRequest} request */
  async #answer(request) {
    const url = request.url();
    const served = this.#served.get(url.split('#')[0] ?? url) ?? this.fallback(url);
    if (served) {
      if (served.delay) await sleep(served.delay);
      const headers = served.csp ? { 'content-security-policy': served.csp } : {};
      const contentType = served.type ?? 'text/html; charset=utf-8';
      await request.respond({ status: 200, contentType, headers, body: served.html });
    } else if (OWN.test(url)) {
      await request.continue();
    } else {
      if (!url.endsWith('/favicon.ico')) this.refused.push(url);
      await request.abort();
    }
  }

  /**
   * Runs a function before the scripts of every document to come.
   * @template {unknown[]} A
   * @param {(...args: A) => void} script
   * @param {A} args
   */
  async beforeDocuments(script, ...args) {
    const { identifier } = await this.page.evaluateOnNewDocument(
      /** @type {any} */ (script),
      ...args,
    );
    this.#scripts.push(identifier);
  }

  /** @param {Served} served */
  serve(served) {
    this.#served.set(served.url, served);
  }

  /** @param {Served} served */
  async open(served) {
    this.serve(served);
    await this.page.goto(served.url, { waitUntil: 'domcontentloaded' });
  }

  /**
   * Waits until the function holds in the page.
   * @template {unknown[]} A
   * @param {(...args: A) => boolean} condition
   * @param {A} args
   */
  async until(condition, ...args) {
    // A page that is being replaced throws; the next one is asked again.
    const ask = () =>
      this.page.evaluate(/** @type {any} */ (condition), ...args).catch(() => false);
    await eventually(ask, (holds) => holds).catch(() => {
      throw new Error(`did not become true in ${this.page.url()}: ${condition} ${args}`);
    });
  }

  /**
   * Waits until all matches of the selector are visible, or none is.
   * @param {string} selector
   * @param {boolean} wanted
   * @param {number} [limit] milliseconds
   */
  async untilVisible(selector, wanted, limit) {
    await eventually(
      () => this.visible(selector),
      (all) => (wanted ? all.length > 0 && all.every(Boolean) : !all.includes(true)),
      limit,
    ).catch(() => {
      throw new Error(`${selector} did not become ${wanted ? 'visible' : 'invisible'}`);
    });
  }

  /**
   * For every match of the selector whether a reader sees it.
   * @param {string} selector
   * @returns {Promise<boolean[]>}
   */
  visible(selector) {
    return this.#look('visible', selector);
  }

  /**
   * For every match of the selector the text a reader sees.
   * @param {string} selector
   * @returns {Promise<string[]>}
   */
  text(selector) {
    return this.#look('text', selector);
  }

  /**
   * Numbers, in document order, of the elements that are folded.
   * @returns {Promise<number[]>}
   */
  folded() {
    return this.#look('folded');
  }

  /**
   * The extension's lines, from top to bottom.
   * @returns {Promise<{ x: number, y: number, height: number }[]>}
   */
  lines() {
    return this.#look('lines');
  }

  /**
   * A real click on a button of a line.
   * @param {number} n
   * @param {string} [name] of the button; default: the one that shows and hides
   */
  async pressLine(n, name) {
    await this.front();
    await this.#look('showLine', n);
    const line = (await this.insideLines())[n];
    if (!line) throw new Error(`there is no line ${n}`);
    const button = name ? line.buttons.find((one) => one.name === name) : line.buttons[0];
    if (!button) throw new Error(`no button ${name}: ${JSON.stringify(line)}`);
    await this.page.mouse.click(button.x, button.y);
  }

  /** Another tab must not cover it. */
  front() {
    return this.page.bringToFront();
  }

  /**
   * A real click on the first match, once it is in place. Not the driver's own: what that waits for
   * does not happen in a Firefox tab that another one covers.
   * @param {string} selector
   */
  async press(selector) {
    await this.front();
    let last = '';
    let still = 0;
    const { x, y } = await eventually(
      async () => {
        const at = await this.page.evaluate(middleOf, selector);
        still = JSON.stringify(at) === last ? still + 1 : 0;
        last = JSON.stringify(at);
        return still >= LOOKS && at ? at : { x: -1, y: -1 };
      },
      ({ x }) => x >= 0,
    ).catch(() => {
      throw new Error(`${selector} cannot be pressed`);
    });
    await this.page.mouse.click(x, y);
  }

  /**
   * Violations of the page's Content-Security-Policy that the extension caused.
   * @returns {Promise<string[]>}
   */
  violations() {
    return this.#look('violations');
  }

  /**
   * @param {string} name
   * @param {unknown[]} args
   */
  #look(name, ...args) {
    return this.page.evaluate(
      (eyes, name, args) => /** @type {any} */ (globalThis)[eyes][name](...args),
      EYES,
      name,
      args,
    );
  }

  /**
   * Waits until a live page has done what it does by itself.
   * @param {import('./fixtures.mjs').Fixture} fixture
   */
  async finished({ wait_ms: wait = 0, html }) {
    await sleep(wait);
    const says = html.includes('dataset.fixture');
    await this.until(
      (says) =>
        document.readyState === 'complete' &&
        (!says || document.documentElement.getAttribute('data-fixture') === 'done'),
      says,
    );
  }

  /** The document as text. */
  html() {
    return this.page.evaluate(() => document.documentElement.outerHTML);
  }

  /** Gives the tab back, for use again where that is possible. */
  async close() {
    if (!this.release) return this.page.close();
    for (const script of this.#scripts.splice(0)) {
      await this.page.removeScriptToEvaluateOnNewDocument(script);
    }
    await this.page.goto('about:blank');
    this.#served.clear();
    this.fallback = () => undefined;
    this.errors.length = 0;
    this.release();
  }
}

/**
 * Runs in the page: where to press an element; null where it is hidden, disabled or covered.
 * @param {string} selector
 */
function middleOf(selector) {
  const element = document.querySelector(selector);
  if (!element?.checkVisibility() || element.matches(':disabled')) return null;
  element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const at = { x: left + width / 2, y: top + height / 2 };
  const hit = document.elementFromPoint(at.x, at.y);
  return element.contains(hit) ? at : null;
}
