// `cargo xtask demo`: opens an article without and with the extension, says what was folded and why,
// and takes a picture of both. Arguments: a file or an address, and --headless.

import { mkdirSync } from 'node:fs';
import { relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launch, ROOT } from './harness.mjs';
import { companion, readArticle } from './saved.mjs';
import { describeReport } from './words.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

const OUTPUT = `${ROOT}dist/demo`;
const PICTURE = { width: 1200, height: 1150 };

const [target = ''] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const headless = process.argv.includes('--headless');
const online = /^https?:/.test(target);

const article = online ? { url: target, html: '' } : readArticle(target);
const name = online ? target : relative(process.cwd(), target);
const session = await launch('chrome', {
  headless,
  extension: false,
  proxy: online ? null : undefined,
});
try {
  await show();
} catch (error) {
  console.error(`${name}: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await session.close();
}

async function show() {
  const plain = await open(session);
  await session.install();
  const folded = await open(session);
  await session.judged(folded);
  // Appeals often come late.
  await sleep(online ? 5_000 : 500);
  const report = await session.judged(folded);
  console.log(`\n${name}\n${describeReport(report)}\n`);

  mkdirSync(OUTPUT, { recursive: true });
  const [line] = await folded.lines();
  const top = line ? line.y + (await scrolled(folded)) - 450 : 0;
  for (const [moment, tab] of Object.entries({ before: plain, after: folded })) {
    const path = `${OUTPUT}/${moment}.png`;
    await picture(tab, path, top);
    console.log(`${moment}: ${relative(process.cwd(), path)}`);
  }
  if (headless) return;
  for (const page of await session.browser.pages()) if (page !== folded.page) await page.close();
  await folded.page.setViewport(null);
  console.log('\nClose the browser to end the demonstration.');
  await new Promise((resolve) => session.browser.once('disconnected', resolve));
}

/** @param {Session} session */
async function open(session) {
  const tab = await session.newTab({ intercepted: !online });
  if (online) {
    await tab.page.goto(target, { waitUntil: 'load', timeout: 60_000 });
  } else {
    tab.fallback = (url) => companion(target, article.url, url);
    await tab.open(article);
    await tab.until(() => document.readyState === 'complete');
  }
  return tab;
}

/** @param {Tab} tab */
function scrolled(tab) {
  return tab.page.evaluate(() => scrollY);
}

/**
 * @param {Tab} tab
 * @param {string} path
 * @param {number} top where the picture starts; at the page's start bars and modals are in it
 */
async function picture(tab, path, top) {
  await tab.page.bringToFront();
  await tab.page.setViewport(PICTURE);
  const height = await tab.page.evaluate(() => document.documentElement.scrollHeight);
  const y = Math.max(0, Math.min(top, height - PICTURE.height));
  await tab.page.evaluate((y) => scrollTo({ top: y, behavior: 'instant' }), y);
  await sleep(200);
  await tab.page.screenshot({ path: /** @type {`${string}.png`} */ (path) });
}
