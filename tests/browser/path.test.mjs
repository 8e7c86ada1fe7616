// A person's path from installing to the next start of the browser; each step has a picture in
// dist/path.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventually } from './eventually.mjs';
import { fixture } from './fixtures.mjs';
import { KINDS, launch, ROOT } from './harness.mjs';
import { Options } from './options.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

const FOLDER = `${ROOT}dist/path`;
const article = fixture('demo');
const appeal = article.gone[0] ?? '';
const SAYS = 'Appeal for support folded';
// Another story of the same paper.
const another = fixture('footer-support-box');
const other = { ...another, url: article.url.replace(/[^/]+$/, 'another-story') };
const otherAppeal = another.gone[0] ?? '';
const PARAGRAPH = '.story-body > p:nth-of-type(3)';

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;
    /** @type {Tab} */
    let tab;
    /** @type {Options} */
    let options;
    let folder = '';
    let file = '';
    let pictures = 0;

    before(async () => {
      mkdirSync(FOLDER, { recursive: true });
      folder = await mkdtemp(join(tmpdir(), 'fold-appeals-'));
      file = join(folder, 'settings.json');
      session = await launch(kind, { welcome: true, profile: join(folder, 'profile') });
    });
    after(async () => {
      await session?.close();
      await rm(folder, { recursive: true, force: true });
    });

    /** @param {Tab} shown @param {string} name @param {string} [what] of the page it must show */
    async function picture(shown, name, what = 'body') {
      await shown.page.evaluate((what) => {
        const place = document.querySelector(what);
        // What is folded has no place; what stands before it has.
        const near = place?.checkVisibility() ? place : place?.previousElementSibling;
        if (what !== 'body') near?.scrollIntoView({ block: 'center', behavior: 'instant' });
      }, what);
      pictures++;
      const number = String(pictures).padStart(2, '0');
      const path = /** @type {`${string}.png`} */ (`${FOLDER}/${kind}-${number}-${name}.png`);
      await shown.page.screenshot({ path });
    }

    /** @param {string} wanted what the only line says */
    const line = (wanted) =>
      eventually(
        () => tab.insideLines(),
        ([first]) => first?.says === wanted,
      );

    /** Presses a switch of the popup. @param {string} id @param {RegExp} state @param {string} name of its picture */
    async function pressInPopup(id, state, name) {
      const popup = await session.popup(tab);
      await popup.until(() => document.querySelector('#state')?.textContent !== '');
      await popup.press(`#${id}`);
      await popup.until(
        (source) => new RegExp(source).test(document.querySelector('#state')?.textContent ?? ''),
        state.source,
      );
      await picture(popup, name);
      await popup.close();
    }

    test('installed: welcome', async () => {
      const { welcome } = session;
      assert.ok(welcome);
      await welcome.until(() => document.querySelectorAll('#sample .line').length === 2);
      assert.match(await welcome.page.$eval('#ready', (one) => one.textContent ?? ''), /^Ready/);
      await picture(welcome, 'welcome');
      assert.deepEqual(welcome.errors, []);
    });

    test('an article: its appeal is one line, which says why', async () => {
      tab = await session.newTab();
      await tab.open(article);
      await tab.untilVisible(appeal, false);
      await eventually(
        () => session.badge(tab),
        (count) => count === '1',
      );
      await line(SAYS);
      await picture(tab, 'folded', appeal);
      await tab.pressLine(0, 'Why');
      const [{ note } = { note: '' }] = await eventually(
        () => tab.insideLines(),
        ([first]) => first?.note,
      );
      assert.match(note, /^Because .*newsroom/);
      await picture(tab, 'why');
    });

    test('shown, hidden again, called no appeal', async () => {
      await tab.pressLine(0, 'Show');
      await tab.untilVisible(appeal, true);
      await picture(tab, 'shown');
      await tab.pressLine(0, 'Hide again');
      await tab.untilVisible(appeal, false);
      await line(SAYS);
      await picture(tab, 'hidden-again', appeal);
      await tab.pressLine(0, 'Not an appeal');
      await tab.untilVisible(appeal, true);
      await line('Not folded here again');
      await picture(tab, 'not-an-appeal');
      await tab.open(article);
      await session.judged(tab);
      await tab.untilVisible(appeal, true);
    });

    test('the site is switched off and on', async () => {
      await tab.open(other);
      await tab.untilVisible(otherAppeal, false);
      await pressInPopup('site-switch', /off on this site/, 'off');
      await tab.untilVisible(otherAppeal, true);
      await picture(tab, 'page-off', otherAppeal);
      await pressInPopup('site-switch', /One appeal folded/, 'on');
      await tab.untilVisible(otherAppeal, false);
      await picture(tab, 'page-on', otherAppeal);
    });

    test('one paragraph is folded by hand, and stays folded', async () => {
      await tab.open(article);
      await session.judged(tab);
      await tab.page.evaluate((selector) => {
        const paragraph = document.querySelector(selector);
        if (paragraph) getSelection()?.selectAllChildren(paragraph);
      }, PARAGRAPH);
      await session.ask(async (tabId) => {
        const { act } = await import(chrome.runtime.getURL('background/menu.js'));
        await act({ menuItemId: 'fold-this', selectionText: '…' }, await chrome.tabs.get(tabId));
      }, tab.id);
      await tab.untilVisible(PARAGRAPH, false);
      await tab.open(article);
      await tab.untilVisible(PARAGRAPH, false);
      await line('Folded by you');
      await picture(tab, 'by-hand', PARAGRAPH);
    });

    test('the settings are changed', async () => {
      options = new Options(session, await session.extensionPage('options/options.html'));
      await options.drawn();
      await options.until(() => document.querySelector('#kept-mine summary') !== null);
      assert.match(await options.text('#stats'), /^Appeals folded since .*: [1-9]/);
      await options.press('[name="line"][value="false"]');
      await options.press('[name="certainty"][value="bold"]');
      await options.add('elsewhere.example');
      await options.stored(({ line, certainty }) => !line && certainty === 'bold');
      await eventually(
        () => tab.lines(),
        (lines) => lines.length === 0,
      );
      await picture(options.tab, 'settings');
    });

    test('exported', async () => {
      const content = await options.exported();
      const { line, certainty, sites } = JSON.parse(content);
      assert.deepEqual([line, certainty], [false, 'bold']);
      assert.equal(sites['elsewhere.example'], false);
      await writeFile(file, content);
      await picture(options.tab, 'exported', '#export');
    });

    test('wiped: as on the first day', async () => {
      await options.reset();
      await tab.open(article);
      await tab.untilVisible(appeal, false);
      await tab.untilVisible(PARAGRAPH, true);
      await options.until(() => document.querySelector('#site-list li') === null);
      await picture(options.tab, 'wiped');
    });

    test('imported', async () => {
      await options.import(file);
      assert.match(await options.text('#imported'), /Sites taken over: 1/);
      assert.deepEqual(await options.sites(), ['elsewhere.example']);
      await picture(options.tab, 'imported');
      assert.deepEqual(options.tab.errors, []);
    });

    test('after a restart all is as it was', async () => {
      await session.close();
      session = await launch(kind, { profile: join(folder, 'profile') });
      options = new Options(session, await session.extensionPage('options/options.html'));
      await options.drawn();
      await options.stored(
        ({ line, certainty, sites }) =>
          !line && certainty === 'bold' && sites['elsewhere.example'] === false,
      );
      tab = await session.newTab();
      await tab.open({ ...article, url: 'https://elsewhere.example/2026/11/story' });
      assert.equal((await session.judged(tab)).state, 'off_site');
      await tab.untilVisible(appeal, true);
      await picture(tab, 'restarted-off', appeal);
      await tab.open(article);
      await tab.untilVisible(appeal, false);
      assert.deepEqual(await tab.lines(), []);
      await picture(tab, 'restarted', appeal);
    });
  });
}
