// How a page looks in all the ways people look at it: axe, nothing wider than the window, nothing too
// small to press, forced colours, no motion where none is wanted, and a picture of each in dist/looks.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { ROOT } from './harness.mjs';

/** @typedef {import('./tab.mjs').Tab} Tab */

const AXE = readFileSync(`${ROOT}node_modules/axe-core/axe.min.js`, 'utf8');
const FOLDER = `${ROOT}dist/looks`;
const SMALLEST = 24;

/** @type {Record<string, { width: number, scheme?: string, dir?: string, size?: string }>} */
const LOOKS = {
  light: { width: 1100 },
  dark: { width: 1100, scheme: 'dark' },
  rtl: { width: 1100, dir: 'rtl' },
  phone: { width: 360 },
  'phone-dark-rtl': { width: 360, scheme: 'dark', dir: 'rtl' },
  large: { width: 720, size: '200%' },
};

/** Controls, or the labels that press them, that are smaller than a finger needs. @param {number} smallest */
function tooSmall(smallest) {
  return [...document.querySelectorAll('a, button, input, select, summary')]
    .filter((control) => control.checkVisibility() && !control.matches('.skip:not(:focus)'))
    .map((control) => {
      const labels = control instanceof HTMLInputElement ? control.labels : null;
      const targets = [control, ...(labels ?? [])];
      const sizes = targets.map((target) => target.getBoundingClientRect());
      const fits = sizes.some(({ width, height }) => width >= smallest && height >= smallest);
      return fits ? '' : control.outerHTML.slice(0, 120);
    })
    .filter(Boolean);
}

/** @returns {Promise<string[]>} */
async function violations() {
  const options = { rules: { 'target-size': { enabled: true } } };
  const { violations } = await /** @type {any} */ (globalThis).axe.run(document, options);
  return violations.map(
    (/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`,
  );
}

/** Controls whose states are one colour: where colours are forced, only borders and system colours stay. */
function indistinct() {
  /** @param {Element} e @param {string} [pseudo] */
  const colour = (e, pseudo) => getComputedStyle(e, pseudo).backgroundColor;
  const switches = [...document.querySelectorAll('[role="switch"]')];
  const blind = switches.filter((one) => colour(one) === colour(one, '::before'));
  // What stands for a hidden radio button.
  const radios = [...document.querySelectorAll('input:has(+ span)')].filter(
    (one) => getComputedStyle(one).opacity === '0',
  );
  const words = (/** @type {boolean} */ on) =>
    radios.filter((one) => one.matches(':checked') === on).map((one) => one.nextElementSibling);
  const chosen = /** @type {Element[]} */ (words(true));
  const others = words(false).map((e) => e && colour(e));
  return [...blind, ...chosen.filter((one) => others.includes(colour(one)))]
    .filter((one) => one.checkVisibility())
    .map((one) => one.outerHTML.slice(0, 120));
}

/** Selectors are too long to tell: the tags of what moves. */
function moving() {
  const moves = (/** @type {Element} */ e) =>
    ['', '::before'].some((pseudo) => {
      const { transitionDuration, animationName } = getComputedStyle(e, pseudo);
      return /[1-9]/.test(transitionDuration) || animationName !== 'none';
    });
  const smooth = getComputedStyle(document.documentElement).scrollBehavior !== 'auto';
  return [...[...document.querySelectorAll('*')].filter(moves), ...(smooth ? ['scroll'] : [])].map(
    (e) => (typeof e === 'string' ? e : e.tagName),
  );
}

/**
 * What a person asked the system for; only Chromium can pretend that.
 * @param {Tab} tab
 * @param {string} name
 */
async function checkWishes(tab, name) {
  const client = await tab.page.createCDPSession();
  /** @param {string} feature @param {string} value */
  const wish = (feature, value) =>
    client.send('Emulation.setEmulatedMedia', { features: [{ name: feature, value }] });
  await wish('forced-colors', 'active');
  await tab.page.screenshot({ path: `${FOLDER}/${tab.kind}-${name}-forced.png` });
  assert.deepEqual(await tab.page.evaluate(indistinct), [], `${name}, forced colours`);
  assert.deepEqual(await tab.page.evaluate(violations), [], `${name}, forced colours`);
  await wish('prefers-reduced-motion', 'reduce');
  assert.deepEqual(await tab.page.evaluate(moving), [], `${name}, reduced motion`);
  await client.send('Emulation.setEmulatedMedia', { features: [] });
  await client.detach();
}

/**
 * @param {Tab} tab
 * @param {string} name of its pictures
 * @param {{ widest?: number, looks?: string[] }} [options] widest: where the page has its own width
 */
export async function checkLooks(
  tab,
  name,
  { widest = Infinity, looks = Object.keys(LOOKS) } = {},
) {
  mkdirSync(FOLDER, { recursive: true });
  await tab.front();
  await tab.page.evaluate(AXE);
  for (const look of looks) {
    const { width = 0, scheme = 'light', dir = 'ltr', size = '' } = LOOKS[look] ?? {};
    await tab.page.setViewport({ width: Math.min(width, widest), height: 800 });
    await tab.page.evaluate(
      (scheme, dir, size) => {
        const { style } = document.documentElement;
        document.documentElement.dir = dir;
        style.colorScheme = scheme;
        style.fontSize = size;
      },
      scheme,
      dir,
      size,
    );
    // Colours must have arrived before their contrast is measured.
    await tab.page.evaluate(() =>
      Promise.all(document.getAnimations().map((animation) => animation.finished)),
    );
    const path = /** @type {`${string}.png`} */ (`${FOLDER}/${tab.kind}-${name}-${look}.png`);
    // Beyond the viewport Chromium draws right-to-left pages in the wrong place.
    await tab.page.screenshot({ path, fullPage: true, captureBeyondViewport: dir === 'ltr' });
    const wide = await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name}, ${look}: ${wide} wider than the window`);
    assert.deepEqual(await tab.page.evaluate(tooSmall, SMALLEST), [], `${name}, ${look}`);
    assert.deepEqual(await tab.page.evaluate(violations), [], `${name}, ${look}`);
  }
  await tab.page.evaluate(() => {
    document.documentElement.dir = 'ltr';
    document.documentElement.removeAttribute('style');
  });
  if (tab.kind === 'chrome') await checkWishes(tab, name);
  await tab.page.setViewport({ width: 1000, height: 900 });
}
