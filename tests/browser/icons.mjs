// `cargo xtask icons`: all pictures of the icon from its one source, drawn by Chromium.

import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { launch, ROOT } from './harness.mjs';

const FOLDER = `${ROOT}extension/icons`;

/** Sizes by state: the toolbar's, and for the icon itself the stores' and lists' too. */
const SIZES = {
  on: [16, 24, 32, 48, 96, 128],
  off: [16, 24, 32, 48],
  paused: [16, 24, 32, 48],
};

/** @typedef {{ name: string, file: string, state: string, size: number }} Icon */

/** @returns {Icon[]} */
export function icons() {
  return Object.entries(SIZES).flatMap(([state, sizes]) =>
    sizes.map((size) => {
      const name = `${state}-${size}.png`;
      return { name, file: `${FOLDER}/${name}`, state, size };
    }),
  );
}

/**
 * Draws one icon.
 * @param {import('puppeteer-core').Page} page
 * @param {Icon} icon
 * @returns {Promise<Buffer>}
 */
export async function draw(page, { state, size }) {
  const source = readFileSync(`${FOLDER}/icon.svg`, 'utf8')
    .replace('data-state="on"', `data-state="${state}"`)
    .replace('<svg ', `<svg width="${size}" height="${size}" style="display:block" `);
  await page.setViewport({ width: size, height: size });
  await page.setContent(`<!doctype html><body style="margin:0">${source}`);
  return Buffer.from(await page.screenshot({ omitBackground: true }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const session = await launch('chrome', { extension: false });
  try {
    const page = await session.browser.newPage();
    for (const icon of icons()) writeFileSync(icon.file, await draw(page, icon));
  } finally {
    await session.close();
  }
}
