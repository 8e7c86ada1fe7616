// `cargo xtask pictures`: the pictures of README.md, of docs/GUIDE.md and of the stores' listings, taken of the
// built extension.

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { eventually } from './eventually.mjs';
import { fixture } from './fixtures.mjs';
import { launch, ROOT } from './harness.mjs';
import { drawScenes } from './scenes.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

/**
 * A picture of several, to be put together.
 * @typedef {Record<'before' | 'after' | 'why' | 'end' | 'popup' | 'settings' | 'german' | 'spanish' | 'russian', Buffer>} Shots
 */

const GUIDE = `${ROOT}docs/pictures`;
const PAIR = { width: 1200, height: 1150 };
const PAGE = { width: 1160, height: 1000 };

// Less above than between two paragraphs.
const MARGIN = { above: 12, beside: 24 };
// So that the statistics and the settings have something to show.
const KEPT = {
  statistics: { since: Date.UTC(2026, 0, 5, 12), folded: 213 },
  settings: {
    version: 2,
    sites: { 'harbour-gazette.example': false, 'my-village.example': false },
  },
};

const demo = fixture('demo');
// What follows the story on many sites.
const MORE = [
  [
    'Who is left on the ballot',
    'Nine parties, two blocs and a list of independents: a guide to December.',
  ],
  [
    'How 1,600 signatures were checked',
    'We read the worksheets of the commission, sheet by sheet.',
  ],
].map(([title, about]) => `<h3 style="margin:18px 0 2px">${title}</h3><div>${about}</div>`);
// The demonstration article, with an appeal that has a link: the popup keeps it for the reader.
const article = {
  ...demo,
  html: demo.html
    .replace(
      /<button class="m-go".*?<\/button>/,
      `<a class="m-go" style="display:block;text-align:center;text-decoration:none"
        href="https://give.vostrava-times.example/">Support us</a>`,
    )
    .replace(
      '</article>',
      `<section style="margin-top:32px;border-top:3px solid #8c1c13">${MORE.join('')}</section></article>`,
    ),
};
const SITE = 'https://fold-appeals.example/';
/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};
const PASTED = [
  'The council voted on Tuesday to close the harbour bridge for two years. Cyclists may use the old ferry.',
  '“It was built for carts,” said the engineer who wrote the report.',
  'Dear reader, our newsroom has no owner and no paywall.',
  'Please support us from $3 a month. Every contribution helps.',
  'Remind me later',
  'Work starts in March.',
];
const END = '.story-body > p:nth-last-of-type(2)';
const EARLIER = '.story-body > p:nth-last-of-type(3)';
const AFTER = '.share';

/** The same letters on every machine that has these fonts. */
function fonts() {
  const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
  const alias = (/** @type {string} */ family, /** @type {string} */ font) =>
    `<match target="pattern"><test name="family"><string>${family}</string></test>
     <edit name="family" mode="assign" binding="strong"><string>${font}</string></edit></match>`;
  writeFileSync(
    join(folder, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
     <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
     ${alias('system-ui', 'Liberation Sans')}${alias('sans-serif', 'Liberation Sans')}
     ${alias('Georgia', 'Liberation Serif')}</fontconfig>`,
  );
  process.env.FONTCONFIG_FILE = join(folder, 'fonts.conf');
  return folder;
}

/** @param {Tab} tab @param {{ width: number, height: number }} size @param {number} [scale] */
function size(tab, { width, height }, scale = 1.5) {
  return tab.page.setViewport({ width, height, deviceScaleFactor: scale });
}

/**
 * A part of a page as wide as its first element.
 * @param {Tab} tab
 * @param {string} first
 * @param {string} last
 * @param {number} [above] pixels
 * @returns {Promise<Buffer>}
 */
async function part(tab, first, last, above = MARGIN.above) {
  const [top, end] = [await boxOf(tab, first), await boxOf(tab, last)];
  return clipped(tab, top, top.y - above, end.y + end.height + MARGIN.above);
}

/**
 * The surroundings of the first line in the page.
 * @param {Tab} tab
 * @param {string} beside what is as wide as the picture
 * @param {number} above pixels
 * @param {number} below
 */
async function aroundLine(tab, beside, above, below) {
  const [line] = await tab.lines();
  if (!line) throw new Error(`no line in ${tab.page.url()}`);
  const y = line.y + (await tab.page.evaluate(() => scrollY));
  return clipped(tab, await boxOf(tab, beside), y - above, y + below);
}

/**
 * @typedef {{ x: number, y: number, width: number, height: number }} Box
 * @param {Tab} tab
 * @param {string} selector
 * @returns {Promise<Box>} in the document
 */
function boxOf(tab, selector) {
  return tab.page.$eval(selector, (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x: x + scrollX, y: y + scrollY, width, height };
  });
}

/** @param {Tab} tab @param {Box} column @param {number} top @param {number} bottom @param {number} [beside] */
async function clipped(tab, column, top, bottom, beside = MARGIN.beside) {
  await tab.page.bringToFront();
  const end = await tab.page.evaluate(() => document.documentElement.scrollHeight - 1);
  const clip = {
    x: Math.max(0, column.x - beside),
    y: Math.max(0, top),
    width: column.width + 2 * beside,
    height: Math.min(bottom, end) - Math.max(0, top),
  };
  return Buffer.from(await tab.page.screenshot({ clip, captureBeyondViewport: true }));
}

/**
 * One of the pair that README.md and the site show, from the same paragraph on.
 * @param {Tab} tab
 * @param {string} name
 */
async function half(tab, name) {
  const start = await boxOf(tab, EARLIER);
  const beside = 14; // so that no line is cut at the foot
  const width = start.width + 2 * beside;
  await size(tab, PAGE, PAIR.width / width);
  const top = start.y - MARGIN.above;
  const bottom = top + Math.ceil((PAIR.height / PAIR.width) * width);
  const picture = await clipped(tab, start, top, bottom, beside);
  writeFileSync(`${ROOT}docs/${name}.png`, picture);
  await size(tab, PAGE);
}

/** What a window shows. @param {Tab} tab @returns {Promise<Buffer>} */
async function seen(tab) {
  await tab.page.bringToFront();
  return Buffer.from(await tab.page.screenshot());
}

/** @param {string} name @param {Buffer} picture */
function keep(name, picture) {
  writeFileSync(`${GUIDE}/${name}.png`, picture);
}

/** @param {Session} session @param {import('./tab.mjs').Served} served @param {{ width: number, height: number }} at */
async function opened(session, served, at) {
  const tab = await session.newTab();
  await size(tab, at);
  await tab.open(served);
  const report = await session.judged(tab);
  if (report.folds.length === 0) throw new Error(`${served.url}: nothing is folded`);
  await eventually(
    () => tab.lines(),
    (lines) => lines.length > 0,
  );
  return tab;
}

/** Puts an element at this height of the window. @param {Tab} tab @param {string} selector @param {number} y */
function scrollTo(tab, selector, y) {
  return tab.page.evaluate(
    (selector, y) => {
      const { top } = /** @type {Element} */ (
        document.querySelector(selector)
      ).getBoundingClientRect();
      scrollBy({ top: top - y, behavior: 'instant' });
    },
    selector,
    y,
  );
}

/** @param {Session} session @param {Tab} tab */
async function popupOf(session, tab) {
  const popup = await session.extensionPage(`popup/popup.html?tab=${tab.id}`);
  await popup.until(() => document.querySelectorAll('#folds li').length > 0);
  const width = 360;
  await size(popup, { width, height: 400 });
  const height = await popup.page.evaluate(() => document.body.getBoundingClientRect().height);
  await size(popup, { width, height: Math.ceil(height) });
  const picture = await seen(popup);
  await popup.close();
  return picture;
}

/** The line in the article: what it says, and what its buttons do. @param {Session} session */
async function takeLine(session) {
  const tab = await opened(session, article, PAGE);
  keep('line', await part(tab, END, AFTER));
  const after = await part(tab, EARLIER, 'footer');
  await half(tab, 'after');
  await tab.pressLine(0, 'Why');
  await eventually(
    () => tab.insideLines(),
    ([line]) => line?.note,
  );
  keep('why', await part(tab, END, AFTER));
  const why = await part(tab, END, 'footer');
  await tab.pressLine(0, 'Why');
  await tab.pressLine(0, 'Show');
  await tab.untilVisible('#m-note', true);
  keep('shown', await part(tab, END, AFTER));
  await tab.pressLine(0, 'Not an appeal');
  await eventually(
    () => tab.insideLines(),
    ([line]) => line?.says === 'Not folded here again',
  );
  keep('not-an-appeal', await part(tab, END, '#m-note h4'));
  await session.choose({ enabled: false });
  await tab.open(article);
  await tab.untilVisible('#m-note', true);
  const before = await part(tab, EARLIER, 'footer');
  await half(tab, 'before');
  await tab.close();
  return { before, after, why };
}

/** The toolbar button's popup. @param {Session} session */
async function takePopup(session) {
  const tab = await opened(session, article, { width: PAGE.width, height: 620 });
  await scrollTo(tab, EARLIER, MARGIN.above);
  const end = await seen(tab);
  const popup = await popupOf(session, tab);
  keep('popup', popup);
  await tab.close();
  return { end, popup };
}

/** @param {Session} session */
async function takeSettings(session) {
  await session.ask((kept) => chrome.storage.local.set(kept), KEPT);
  const options = await session.extensionPage('options/options.html');
  await options.until(() => document.querySelector('#preview-count')?.textContent !== '');
  await options.until(() => document.querySelectorAll('#site-list li').length === 2);
  await size(options, { width: PAGE.width, height: 620 });
  const settings = await seen(options);
  await size(options, { width: 1000, height: 900 }, 1);
  for (const section of ['folding', 'sites', 'toolbar', 'data', 'backup']) {
    const place = `section[aria-labelledby="${section}"]`;
    keep(`settings-${section}`, await part(options, place, place, 0));
  }
  await options.close();
  return settings;
}

/**
 * An article in another language, and the line in the same.
 * @param {Session} session
 * @param {string} language
 * @param {string} slug
 * @param {string} beside
 * @param {number} width where its column has the width of a phone
 */
async function takeLanguage(session, language, slug, beside, width) {
  await session.choose({ language });
  const tab = await opened(session, fixture(slug), { width, height: 900 });
  const picture = await aroundLine(tab, beside, 480, 400);
  await tab.close();
  return picture;
}

/** The playground of the built site, without the extension's help. @param {Session} session */
async function takePlayground(session) {
  await session.choose({ enabled: false });
  const tab = await session.newTab();
  await size(tab, { width: 1300, height: 1000 }, 1);
  tab.fallback = (url) => {
    const path = new URL(url).pathname.slice(1);
    const file = `${ROOT}dist/www/${path}`;
    const type = TYPES[extname(path)];
    return type && existsSync(file) ? { url, html: readFileSync(file), type } : undefined;
  };
  await tab.page.goto(`${SITE}playground.html`);
  await tab.until(() => document.querySelector('#heat li') !== null);
  await tab.page.$eval(
    '#source',
    (source, text) => {
      /** @type {HTMLTextAreaElement} */ (source).value = text;
      source.dispatchEvent(new Event('input', { bubbles: true }));
    },
    PASTED.join('\n'),
  );
  await tab.until((count) => document.querySelectorAll('#heat li').length === count, PASTED.length);
  keep('playground', await part(tab, '#playground', '#results'));
  await tab.close();
}

mkdirSync(GUIDE, { recursive: true });
const folder = fonts();
const session = await launch('chrome', { welcome: true });
try {
  const welcome = /** @type {Tab} */ (session.welcome);
  await welcome.until(() => document.querySelectorAll('#sample .line').length === 2);
  await size(welcome, { width: 1100, height: 780 }, 1);
  keep('welcome', await seen(welcome));
  const { before, after, why } = await takeLine(session);
  await session.forget();
  const { end, popup } = await takePopup(session);
  const settings = await takeSettings(session);
  const shots = {
    before,
    after,
    why,
    end,
    popup,
    settings,
    german: await takeLanguage(session, 'de', 'lang-de-spendenkasten', '.story-body > p', 880),
    spanish: await takeLanguage(session, 'es', 'lang-es-hazte-socio', '.entry-content > p', 880),
    russian: await takeLanguage(session, 'ru', 'lang-ru-podderzhite', '.gh-content > p', 560),
  };
  await takePlayground(session);
  await drawScenes(await session.browser.newPage(), shots);
} finally {
  await session.close();
  rmSync(folder, { recursive: true });
}
