// How a page of the extension looks in all the ways people look at it: axe, nothing wider than the
// window, nothing too small to press, and a picture of each in dist/looks.

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
    .filter((control) => control.checkVisibility())
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

/**
 * @param {Tab} tab
 * @param {string} name of its pictures
 * @param {number} [widest] the width where the page has its own
 */
export async function checkLooks(tab, name, widest = Infinity) {
  mkdirSync(FOLDER, { recursive: true });
  await tab.page.evaluate(AXE);
  for (const [look, { width, scheme = 'light', dir = 'ltr', size = '' }] of Object.entries(LOOKS)) {
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
    await tab.page.screenshot({ path, fullPage: true });
    const wide = await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${name}, ${look}: ${wide} wider than the window`);
    assert.deepEqual(await tab.page.evaluate(tooSmall, SMALLEST), [], `${name}, ${look}`);
    assert.deepEqual(await tab.page.evaluate(violations), [], `${name}, ${look}`);
  }
  await tab.page.setViewport({ width: 1000, height: 900 });
}
