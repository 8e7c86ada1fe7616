// The pictures of the icon show what their source shows: whoever changes the source runs
// `cargo xtask icons`.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch, ROOT } from './harness.mjs';
import { draw, icons } from './icons.mjs';

// Browsers smooth edges each in their own way: the mean difference of a colour, of 255.
const TOLERANCE = 3;

/** @type {import('./harness.mjs').Session} */
let session;
/** @type {import('puppeteer-core').Page} */
let page;

before(async () => {
  session = await launch('chrome', { extension: false });
  page = await session.browser.newPage();
});
after(() => session?.close());

/** @param {Buffer} one @param {Buffer} other */
function difference(one, other) {
  const [a, b] = [one, other].map((png) => `data:image/png;base64,${png.toString('base64')}`);
  return page.evaluate(
    async (...pictures) => {
      const [one, other] = await Promise.all(
        pictures.map(async (source) => {
          const image = new Image();
          image.src = source ?? '';
          await image.decode();
          const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
          context?.drawImage(image, 0, 0);
          return context?.getImageData(0, 0, image.width, image.height).data ?? [];
        }),
      );
      if (!one || !other || one.length !== other.length) return Infinity;
      return (
        [...one].reduce((sum, value, n) => sum + Math.abs(value - (other[n] ?? 0)), 0) / one.length
      );
    },
    a,
    b,
  );
}

test('there are no other pictures than the ones drawn', () => {
  const there = readdirSync(`${ROOT}extension/icons`).filter((name) => name.endsWith('.png'));
  assert.deepEqual(
    there.sort(),
    icons()
      .map(({ name }) => name)
      .sort(),
  );
});

for (const icon of icons()) {
  test(icon.name, async () => {
    const drawn = await draw(page, icon);
    const off = await difference(drawn, readFileSync(icon.file));
    assert.ok(off <= TOLERANCE, `differs by ${off}: run cargo xtask icons`);
  });
}

test('another state would be noticed', async () => {
  const small = icons().filter(({ size }) => size === 16);
  const [on, off, paused] = await Promise.all(small.map(({ file }) => readFileSync(file)));
  for (const [a, b] of [
    [on, off],
    [on, paused],
    [off, paused],
  ])
    assert.ok(a && b && (await difference(a, b)) > 2 * TOLERANCE);
});
