// PRIVACY.md: after everything that stores was used, the keys are those it lists, and the values hold
// neither texts nor addresses of pages.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { eventually } from './eventually.mjs';
import { fixture } from './fixtures.mjs';
import { KINDS, launch, ROOT } from './harness.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

const article = fixture('demo');
const site = new URL(article.url).hostname;
const [appeal = ''] = article.gone;

const page = readFileSync(`${ROOT}PRIVACY.md`, 'utf8');
const [, table = ''] = /<!-- stored -->(.*)<!-- \/stored -->/s.exec(page) ?? [];
/** The keys of one area as the page writes them. @param {string} area */
const listed = (area) =>
  [...table.matchAll(new RegExp(`^\\| ${area} \\| \`([^\`]+)\``, 'gm'))]
    .map((row) => row[1])
    .sort();

/** A key as the page writes it. @param {string} key */
const written = (key) => key.replace(/^(seen|mine):.+$/, '$1:<site>').replace(/\.\d+$/, '.<n>');

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;
    /** @type {Tab} */
    let tab;
    before(async () => {
      session = await launch(kind);
      tab = await session.newTab();
    });
    after(() => session?.close());

    /** @param {'local' | 'sync'} area @returns {Promise<Record<string, unknown>>} */
    const stored = (area) => session.ask((area) => chrome.storage[area].get(null), area);

    /** @param {string} key @param {'local' | 'sync'} [area] */
    const untilStored = (key, area = 'local') =>
      eventually(
        () => stored(area),
        (all) => key in all,
      );

    test('everything that stores is used', async () => {
      await tab.open(article);
      await tab.untilVisible(appeal, false);
      await untilStored(`seen:${site}`);
      await untilStored('statistics');
      await tab.pressLine(0, 'Not an appeal');
      await untilStored(`mine:${site}`);
      // settings of a later version, put aside
      await session.ask(() => chrome.storage.local.set({ settings: { version: 99 } }));
      const options = await session.extensionPage('options/options.html');
      await options.until(
        () => !(/** @type {HTMLElement} */ (document.querySelector('#future')).hidden),
      );
      await options.page.bringToFront();
      await options.page.click('#future-start');
      await untilStored('settings:later');
      await session.choose({ sync: true, sites: { 'elsewhere.example': false } });
      await untilStored('sync');
      await untilStored('settings', 'sync');
      await options.close();
      // the appeal folds once more, so that it is remembered with the corrections
      await tab.open({ ...article, url: `https://other.example/2026/11/story?from=mail` });
      await tab.untilVisible(appeal, false);
      await untilStored('seen:other.example');
    });

    for (const area of /** @type {const} */ (['local', 'sync'])) {
      test(`storage.${area} has the keys that the page lists`, async () => {
        const keys = new Set(Object.keys(await stored(area)).map(written));
        assert.deepEqual([...keys].sort(), listed(area));
      });

      test(`storage.${area} has no text and no address of a page`, async () => {
        const values = JSON.stringify(await stored(area));
        for (const word of [
          'Vostrava Times',
          'readers',
          'contribution',
          '/2026/',
          'from=mail',
          'http',
        ])
          assert.ok(!values.includes(word), `${word}: ${values}`);
      });
    }
  });
}
