// `cargo xtask bench`: what the extension costs a page, beside Readability on the same pages and
// beside no extension, in the same run; written to docs/PERFORMANCE.md.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { COLLECTOR } from './collector.mjs';
import { eventually } from './eventually.mjs';
import { fixtures, native } from './fixtures.mjs';
import { KINDS, launch, ROOT } from './harness.mjs';
import { traced } from './trace.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./harness.mjs').Kind} Kind */
/** @typedef {import('./tab.mjs').Tab} Tab */
/** @typedef {import('./tab.mjs').Served & { gone?: string[], folds: boolean }} Sample */
/** @typedef {Record<string, number[]>} Figures by name, one number a page */

const CORPUS = `${ROOT}../shared/corpus/pages`;
const MOST_CORPUS = Number(process.env.CORPUS ?? 40);
const MOST_OWN = Number(process.env.OWN ?? 40);
const READABILITY = readFileSync(`${ROOT}node_modules/@mozilla/readability/Readability.js`, 'utf8');
// No scripts of the page: what runs in its main thread is the extension.
const CSP = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const SETTLED = 600; // milliseconds from load until everything has been said
const QUIET = 3_000;

/** Name, unit, and the bar that the median has to keep. @type {[string, string, string, number][]} */
const ROWS = [
  ['time', 'content script, first page of a site', 'ms', 3],
  ['again', 'content script, further pages of a site', 'ms', 3],
  ['tasks', 'its tasks', '', Infinity],
  ['longest', 'its longest task', 'ms', 50],
  ['readability', 'Readability, first page of a site', 'ms', Infinity],
  ['readabilityAgain', 'Readability, further pages of a site', 'ms', Infinity],
  ['ratio', 'content script / Readability, first page', '', 0.1],
  ['ratioAgain', 'content script / Readability, further pages', '', 0.1],
  ['message', 'message with all blocks, classified and answered', 'ms', Infinity],
  ['classify', 'of that, the core', 'ms', Infinity],
  ['loaded', 'DOMContentLoaded to folded, Chromium', 'ms', 100],
  ['loadedFirefox', 'DOMContentLoaded to folded, Firefox', 'ms', 100],
  ['inserted', 'insertion to folded, Chromium', 'ms', 50],
  ['insertedFirefox', 'insertion to folded, Firefox', 'ms', 50],
  ['shift', 'layout shift', '', 0.1],
  ['shiftWithout', 'layout shift without the extension', '', Infinity],
  ['memory', 'memory of the tab more than without the extension', 'KB', Infinity],
  ['wakes', `tasks in ${QUIET / 1000} s of a quiet page`, '', 0],
];

/** @returns {Sample[]} */
function ownPages() {
  const all = fixtures().filter((one) => !one.live && one.html.length < 1_000_000);
  const step = Math.max(1, Math.floor(all.length / MOST_OWN));
  return all
    .filter((_, n) => n % step === 0)
    .slice(0, MOST_OWN)
    .map((one) => ({
      url: one.url,
      html: one.html,
      csp: CSP,
      gone: one.gone,
      folds: native(one).verdict.folds.length > 0,
    }));
}

/** Every so many pages of the corpus, where it is. @returns {Sample[]} */
function corpusPages() {
  if (!existsSync(CORPUS)) return [];
  const index = readFileSync(`${CORPUS}/index.jsonl`, 'utf8').trim().split('\n');
  const step = Math.max(1, Math.floor(index.length / MOST_CORPUS));
  return index
    .filter((_, n) => n % step === 0)
    .slice(0, MOST_CORPUS)
    .map((line) => {
      const { key, url } = JSON.parse(line);
      const html = gunzipSync(readFileSync(`${CORPUS}/html/${key}.html.gz`));
      return { url: new URL(url).href.split('#')[0] ?? url, html, csp: CSP, folds: false };
    });
}

/** @param {Figures} figures @param {string} name @param {number | undefined} value */
function note(figures, name, value) {
  if (value === undefined || !Number.isFinite(value)) return;
  figures[name] ??= [];
  figures[name].push(value);
}

/** @param {Tab} tab */
async function heapOf(tab) {
  const session = await tab.page.createCDPSession();
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  return (await tab.page.metrics()).JSHeapUsedSize ?? Number.NaN;
}

/** Milliseconds of the main thread for a parse. @param {Tab} tab */
async function readabilityOf(tab) {
  await tab.page.evaluate(`${READABILITY}; globalThis.copy = document.cloneNode(true); 0`);
  const session = await tab.page.createCDPSession();
  await session.send('Performance.enable');
  const clock = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? Number.NaN);
  };
  const before = await clock();
  await tab.page.evaluate('new Readability(copy).parse() && 0');
  const time = (await clock()) - before;
  await session.detach();
  return time;
}

/**
 * The same pages without the extension, with Readability.
 * @param {Sample[]} pages @param {Figures} figures
 */
async function measureWithout(pages, figures) {
  const session = await launch('chrome', { extension: false });
  const tab = await session.newTab();
  /** @type {{ heap: number, readability: number, readabilityAgain: number }[]} */
  const results = [];
  for (const page of pages) {
    await tab.page.goto('about:blank');
    const { shift } = await traced(tab.page, () => settled(tab, page));
    note(figures, 'shiftWithout', shift);
    const readability = await readabilityOf(tab);
    await settled(tab, again(page));
    const readabilityAgain = await readabilityOf(tab);
    // Last: to collect the garbage also throws compiled code away.
    await settled(tab, page);
    results.push({ heap: await heapOf(tab), readability, readabilityAgain });
  }
  await session.close();
  return results;
}

/** Another page of the same site, which the browser opens in the same process. @param {Sample} page */
function again(page) {
  return { ...page, url: `${page.url}${page.url.includes('?') ? '&' : '?'}again` };
}

/** @param {Tab} tab @param {Sample} page */
async function settled(tab, page) {
  tab.serve(page);
  await tab.page.goto(page.url, { waitUntil: 'load' });
  await sleep(SETTLED);
}

/** @param {Sample[]} pages @param {Figures} figures */
async function measureCost(pages, figures) {
  const without = await measureWithout(pages, figures);
  const session = await launch('chrome');
  const tab = await session.newTab();
  if (pages[0]) await settled(tab, pages[0]);
  for (const [n, page] of pages.entries()) {
    await tab.page.goto('about:blank');
    const { time, tasks, longest, shift } = await traced(tab.page, () => settled(tab, page));
    const { heap = 0, readability = 0, readabilityAgain = 0 } = without[n] ?? {};
    note(figures, 'time', time);
    note(figures, 'tasks', tasks);
    note(figures, 'longest', longest);
    note(figures, 'shift', shift);
    note(figures, 'readability', readability);
    note(figures, 'readabilityAgain', readabilityAgain);
    note(figures, 'ratio', time / readability);
    if (n % 8 === 0) {
      const quiet = await traced(tab.page, () => sleep(QUIET));
      note(figures, 'wakes', quiet.tasks);
    }
    const next = await traced(tab.page, () => settled(tab, again(page)));
    note(figures, 'again', next.time);
    note(figures, 'ratioAgain', next.time / readabilityAgain);
    await settled(tab, page);
    note(figures, 'memory', ((await heapOf(tab)) - heap) / 1024);
    await measureMessage(session, tab, figures);
  }
  await session.close();
}

/** @param {Session} session @param {Tab} tab @param {Figures} figures */
async function measureMessage(session, tab, figures) {
  const { page } = /** @type {any} */ (await tab.page.evaluate(COLLECTOR));
  const { message, classify } = await session.ask(async (page) => {
    const core = await import(chrome.runtime.getURL('core/fold_appeals.js'));
    await core.default({ module_or_path: chrome.runtime.getURL('core/fold_appeals_bg.wasm') });
    const start = performance.now();
    await chrome.runtime.sendMessage({ type: 'classify', page });
    const answered = performance.now();
    core.classify(page);
    return { message: answered - start, classify: performance.now() - answered };
  }, page);
  note(figures, 'message', message);
  note(figures, 'classify', classify);
}

/**
 * Notes when the document is there, when an appeal is put in, and when the first element is folded.
 * @param {string[]} gone selectors of the appeal; to be put in late
 */
function watchFold(gone) {
  const times = { loaded: 0, inserted: 0, folded: 0 };
  Object.assign(globalThis, { foldTimes: times });
  new MutationObserver((records) => {
    for (const { attributeName: name, target } of records) {
      if (times.folded || !name || !/^[a-z]{12}$/.test(name)) continue;
      if (/** @type {Element} */ (target).getAttribute(name)?.includes('gone'))
        times.folded = performance.now();
    }
  }).observe(document, { attributes: true, subtree: true });
  document.addEventListener('DOMContentLoaded', () => {
    times.loaded = performance.now();
    const parts = gone.flatMap((selector) => [...document.querySelectorAll(selector)]);
    const places = parts.map((part) => ({ part, parent: part.parentNode, next: part.nextSibling }));
    for (const part of parts) part.remove();
    if (parts.length === 0) return;
    setTimeout(() => {
      times.folded = 0;
      times.inserted = performance.now();
      for (const { part, parent, next } of places.reverse()) parent?.insertBefore(part, next);
    }, 700);
  });
}

/** @param {Kind} kind @param {Sample[]} pages @param {Figures} figures */
async function measureLatency(kind, pages, figures) {
  const session = await launch(kind);
  const suffix = kind === 'firefox' ? 'Firefox' : '';
  for (const late of [false, true]) {
    for (const [n, { gone = [], ...page }] of pages.entries()) {
      const tab = await session.newTab();
      await session.forget();
      await tab.beforeDocuments(watchFold, late ? gone : []);
      await tab.open(page);
      const { loaded, inserted, folded } = await eventually(
        () => tab.page.evaluate(() => /** @type {any} */ (globalThis).foldTimes),
        ({ inserted, folded }) => folded > inserted && (inserted > 0 || !late),
        3_000,
      ).catch(() => ({ loaded: 0, inserted: 0, folded: Number.NaN }));
      // The first page starts the background.
      if (n > 0)
        note(figures, `${late ? 'inserted' : 'loaded'}${suffix}`, folded - (inserted || loaded));
      await tab.close();
    }
  }
  const version = await session.browser.version();
  await session.close();
  return version;
}

/** @param {number[]} values @param {number} part */
function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** @param {number} value */
function shown(value) {
  if (value >= 100) return value.toFixed(0);
  if (value >= 1 || value === 0 || value <= -1) return String(Number(value.toFixed(1)));
  return value.toFixed(3);
}

/** @param {string} title @param {number} count @param {Figures} figures */
function table(title, count, figures) {
  const lines = [`## ${title}`, '', `${count} pages.`, ''];
  lines.push('| | median | 95th percentile | bar for the median | |', '|---|---|---|---|---|');
  for (const [name, label, unit, bar] of ROWS) {
    const values = figures[name] ?? [];
    if (values.length === 0) continue;
    const median = quantile(values, 0.5);
    const measured = [median, quantile(values, 0.95)].map((v) => `${shown(v)} ${unit}`.trim());
    const limit = bar === Infinity ? '' : `${bar} ${unit}`.trim();
    const verdict = bar === Infinity ? '' : median <= bar ? 'kept' : 'missed';
    lines.push(`| ${label} | ${measured.join(' | ')} | ${limit} | ${verdict} |`);
  }
  return lines.join('\n');
}

const own = ownPages();
const corpus = corpusPages();
/** @type {Figures} */
const ownFigures = {};
/** @type {Figures} */
const corpusFigures = {};
await measureCost(own, ownFigures);
if (corpus.length > 0) await measureCost(corpus, corpusFigures);
const versions = [];
for (const kind of KINDS) {
  versions.push(
    await measureLatency(
      kind,
      own.filter(({ folds }) => folds),
      ownFigures,
    ),
  );
}

const parts = [
  '# What it costs',
  '',
  'Written by `cargo xtask bench`; do not edit. Each page is opened with its own scripts off and the background warm:',
  'first in a process that has shown nothing yet, as the first page of a site is, then once more in the same process, as',
  'further pages of a site are. Times are those that the page’s main thread itself worked; the content script’s are from a',
  'trace, with its start and compilation; Readability’s are its parse only, of a copy of the document, without the extension.',
  '',
  `Seen with ${versions.join(' and ')}, headless, on a machine with ${availableParallelism()} processor cores.`,
  '',
  table('Own pages (`tests/pages`)', own.length, ownFigures),
];
if (corpus.length > 0)
  parts.push('', table('Saved pages of publishers', corpus.length, corpusFigures));
const text = `${parts.join('\n')}\n`;
writeFileSync(`${ROOT}docs/PERFORMANCE.md`, text);
console.log(text);
