// The settings page: every choice is stored and acts, lists and files work, the sample shows it.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { eventually } from './eventually.mjs';
import { KINDS, launch } from './harness.mjs';
import { checkLooks } from './looks.mjs';
import { Options } from './options.mjs';

/** @typedef {import('./harness.mjs').Session} Session */

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;
    /** @type {Options} */
    let options;
    let folder = '';

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'fold-appeals-'));
      session = await launch(kind);
      options = new Options(session, await session.extensionPage('options/options.html'));
      await options.drawn();
    });
    after(async () => {
      await session?.close();
      await rm(folder, { recursive: true, force: true });
    });
    beforeEach(() => session.forget());

    /** @param {string} name @param {string} content */
    async function file(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    }

    test('each choice is stored', async () => {
      // The sample is drawn anew after the first two, and what stands below moves.
      /** @param {number} count */
      const lines = (count) =>
        options.until(
          (count) => document.querySelectorAll('#sample .line').length === count,
          count,
        );
      await options.press('[name="certainty"][value="careful"]');
      await lines(1);
      await options.press('[name="line"][value="false"]');
      await lines(0);
      await options.press('[name="mode"][value="only"]');
      await options.press('#pause');
      await options.press('#badge');
      await options.page.select('#language', 'en');
      await options.stored(
        ({ certainty, line, mode, enabled, badge, language }) =>
          certainty === 'careful' &&
          !line &&
          mode === 'only' &&
          !enabled &&
          !badge &&
          language === 'en',
      );
      assert.match(await options.text('#said'), /Saved/);
    });

    test('the sample folds one, two or three appeals: as sure as it must be', async () => {
      for (const [certainty, count] of /** @type {const} */ ([
        ['careful', 1],
        ['balanced', 2],
        ['bold', 3],
      ])) {
        await options.press(`[name="certainty"][value="${certainty}"]`);
        await options.until(
          (count) => document.querySelectorAll('#sample .line').length === count,
          count,
        );
      }
      await options.press('#sample .line button');
      await options.until(() => document.querySelectorAll('#sample .line').length === 2);
      await options.press('[name="line"][value="false"]');
      await options.until(() => document.querySelectorAll('#sample .line').length === 0);
      assert.match(await options.text('#preview-count'), /3/);
    });

    test('sites: add, refuse, switch, search, remove', async () => {
      await options.add('https://www.News.example/a?b');
      await options.add('paper.example');
      assert.deepEqual(await options.sites(), ['news.example', 'paper.example']);
      await options.page.type('#site-add', '<b>not a site</b>');
      await options.page.keyboard.press('Enter');
      await options.until(() =>
        /not a site/.test(document.querySelector('#site-bad')?.textContent ?? ''),
      );
      assert.deepEqual(await options.sites(), ['news.example', 'paper.example']);
      await options.page.$eval('#site-add', (field) => {
        /** @type {HTMLInputElement} */ (field).value = '';
      });
      await options.press('[data-site="news.example"] [role="switch"]');
      await options.stored(({ sites }) => sites['news.example'] === true);
      await options.page.type('#site-search', 'pap');
      await options.until(() => document.querySelectorAll('#site-list li').length === 1);
      await options.press('[data-site="paper.example"] button');
      await options.stored(({ sites }) => !('paper.example' in sites));
      // The list is drawn anew once the settings were read.
      await options.until(
        () => document.querySelector('#site-none')?.textContent === 'No site matches.',
      );
      await options.page.$eval('#site-search', (field) => {
        /** @type {HTMLInputElement} */ (field).value = '';
        field.dispatchEvent(new Event('input'));
      });
      await options.until(() => document.querySelectorAll('#site-list li').length === 1);
      assert.deepEqual(await options.sites(), ['news.example']);
    });

    test('5,000 sites: drawn in part, found by search', async () => {
      const sites = Object.fromEntries(
        Array.from({ length: 5_000 }, (_, n) => [`p${n}.example`, false]),
      );
      await session.choose({ sites });
      await options.until(() => document.querySelectorAll('#site-list li').length === 200);
      assert.match(await options.text('#site-more'), /200 of 5000/);
      await options.page.type('#site-search', 'p4999');
      await options.until(() => document.querySelectorAll('#site-list li').length === 1);
      await options.page.$eval('#site-search', (field) => {
        /** @type {HTMLInputElement} */ (field).value = '';
      });
    });

    test('export, reset, import: the same again', async () => {
      await session.choose({ certainty: 'bold', badge: false, sites: { 'news.example': false } });
      await options.until(() => document.querySelector('[data-site="news.example"]') !== null);
      const text = await options.exported();
      assert.deepEqual(JSON.parse(text), {
        application: 'fold-appeals',
        version: 2,
        enabled: true,
        mode: 'except',
        line: true,
        certainty: 'bold',
        badge: false,
        language: '',
        sites: { 'news.example': false },
      });
      await options.reset();
      await options.import(await file('settings.json', text));
      assert.equal(await options.text('#imported'), 'Imported. Sites taken over: 1.');
      await options.stored(
        ({ certainty, badge, sites }) =>
          certainty === 'bold' && !badge && sites['news.example'] === false,
      );
    });

    test('what is wrong in a file is named; the rest is taken, or nothing is', async () => {
      await session.choose({ sites: { 'mine.example': false } });
      const half = `{"application": "fold-appeals", "version": 2, "certainty": "very", "colour": 1,
        "sites": {"good.example": false, "__proto__": true, "<b>": true}}`;
      await options.import(await file('half.json', half));
      assert.match(await options.text('#imported'), /except for what is listed.*: 1\./);
      assert.deepEqual(await options.problems(), [
        'certainty: "very" is not possible; it must be "balanced", "careful", "bold".',
        'sites."__proto__": this is not the name of a site.',
        'sites."<b>": this is not the name of a site.',
        '"colour": Fold Appeals knows no such setting.',
      ]);
      await options.stored(
        ({ sites }) => Object.keys(sites).sort().join() === 'good.example,mine.example',
      );
      const later = '{"application": "fold-appeals", "version": 3, "enabled": false}';
      for (const [name, content, complaint] of /** @type {[string, string, RegExp][]} */ ([
        ['later.json', later, /version 3.*up to 2/],
        ['broken.json', '{"application": ', /JSON/],
        ['deep.json', '['.repeat(10_000) + ']'.repeat(10_000), /no settings file/],
        ['big.json', `"${'x'.repeat(1e7)}"`, /10\.0 MB/],
      ])) {
        await options.import(await file(name, content));
        assert.match(await options.text('#imported'), /Nothing was imported/, name);
        assert.match((await options.problems()).join(), complaint, name);
      }
      await options.stored(({ enabled, sites }) => enabled && 'mine.example' in sites);
    });

    test('what is kept is counted and cleared', async () => {
      await session.ask(() =>
        chrome.storage.local.set({
          statistics: { since: Date.UTC(2026, 0, 5, 12), folded: 1234 },
          'seen:a.example': { day: 1, prints: ['40.abc', '50.abd'] },
          'seen:b.example': { day: 1, prints: ['40.abc'] },
          'mine:b.example': { not: ['40.abc'], folds: ['60.xyz', '61.xyz'] },
        }),
      );
      await options.until(() => /1,234/.test(document.querySelector('#stats')?.textContent ?? ''));
      assert.match(await options.text('#stats'), /January 5, 2026/);
      await options.until(() =>
        /3 · Sites: 2/.test(document.querySelector('#kept-kept')?.textContent ?? ''),
      );
      await options.press('#kept-kept summary');
      await options.press('#kept-kept li button');
      await options.until(() =>
        /1 · Sites: 1/.test(document.querySelector('#kept-kept')?.textContent ?? ''),
      );
      assert.match(await options.text('#kept-mine'), /3 · Sites: 1/);
      await options.press('#clear-mine');
      await options.press('#clear-kept');
      await options.press('#clear-stats');
      const left = await eventually(
        () => session.ask(() => chrome.storage.local.get(null)),
        (all) => Object.keys(all).length === 0,
      );
      assert.deepEqual(left, {});
    });

    test('sync is switched on, writes a copy, and says so', async () => {
      await session.choose({ sites: { 'news.example': false } });
      await options.until(() => document.querySelector('[data-site="news.example"]') !== null);
      await options.press('#sync');
      await options.until(() =>
        /^Copied: /.test(document.querySelector('#sync-state')?.textContent ?? ''),
      );
      const copy = await session.ask(() => chrome.storage.sync.get(null));
      assert.match(String(copy['settings.0']), /-news\.example/);
      await session.ask(() => chrome.storage.sync.clear());
    });

    test('settings of a later version: told, kept, left behind only when asked', async () => {
      const later = { version: 3, enabled: false, dream: true };
      await session.ask((settings) => chrome.storage.local.set({ settings }), later);
      await options.page.waitForSelector('#future', { visible: true });
      await checkLooks(options.tab, 'options-future', { looks: ['phone-dark-rtl'] });
      assert.equal(await options.page.$eval('#pause', (e) => e.matches(':disabled')), true);
      const popup = await session.extensionPage('popup/popup.html');
      await popup.page.waitForSelector('#future', { visible: true });
      await popup.close();
      await options.press('#future-start');
      await options.until(() => !document.querySelector('#pause')?.matches(':disabled'));
      const kept = await session.ask(() => chrome.storage.local.get('settings:later'));
      assert.deepEqual(kept['settings:later'], later);
    });

    test('stored settings that make no sense are named', async () => {
      await session.ask(() => chrome.storage.local.set({ settings: { version: 2, line: 'x' } }));
      await options.page.waitForSelector('#repaired', { visible: true });
      assert.match(await options.text('#repaired'), /line: "x" is not possible/);
    });

    test('everything can be reached and pressed by keyboard', async () => {
      await options.page.bringToFront();
      await options.page.focus('[name="certainty"]:checked');
      await options.page.keyboard.press('ArrowDown');
      await options.stored(({ certainty }) => certainty === 'bold');
      await options.page.focus('#pause');
      await options.page.keyboard.press(' ');
      await options.stored(({ enabled }) => !enabled);
      const reached = await options.tabbed(60);
      for (const id of [
        'pause',
        'site-add',
        'badge',
        'language',
        'export',
        'import',
        'sync',
        'reset',
      ])
        assert.ok(reached.includes(id), `${id} is not reached: ${reached}`);
    });

    test('it looks right', async () => {
      await session.ask(() =>
        chrome.storage.local.set({
          settings: { version: 2, sites: { 'news.example': false, 'paper.example': true } },
          statistics: { since: Date.UTC(2026, 0, 5), folded: 57 },
          'seen:a.example': { day: 1, prints: ['40.abc', '50.abd'] },
        }),
      );
      await options.until(() => document.querySelector('#kept-kept summary') !== null);
      await checkLooks(options.tab, 'options');
    });

    test('nothing failed', () => assert.deepEqual(options.tab.errors, []));
  });
}
