// The welcome page: opens after installing, shows folding on a sample, asks for access if it is missing.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { KINDS, launch } from './harness.mjs';
import { checkLooks } from './looks.mjs';

/** @typedef {import('./tab.mjs').Tab} Tab */

const LINES = 2;
const EVERYWHERE = ['http://*/*', 'https://*/*'];
// Firefox would ask the person in a window of its own.
const PREFS = { 'extensions.webextOptionalPermissionPrompts': false };

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {import('./harness.mjs').Session} */
    let session;
    /** @type {Tab} */
    let tab;

    before(async () => {
      session = await launch(kind, { welcome: true, prefs: PREFS });
      assert.ok(session.welcome);
      tab = session.welcome;
      // Otherwise it is chance whether the harness's own tab covers it.
      await session.extensionPage('popup/popup.html');
    });
    after(() => session?.close());

    /** @param {number} count */
    const lines = (count) =>
      tab.until((count) => document.querySelectorAll('#sample .line').length === count, count);

    test('it opens by itself, once', async () => {
      const open = await session.ask(async () =>
        (await chrome.tabs.query({})).filter(({ url }) => url?.includes('/welcome/')),
      );
      assert.equal(open.length, 1);
    });

    test('before and after, on a live sample', async () => {
      await lines(LINES);
      await tab.press('[value="before"]');
      await lines(0);
      assert.match(
        await tab.page.$eval('#sample', (one) => one.textContent ?? ''),
        /Please support/,
      );
      await tab.press('[value="after"]');
      await lines(LINES);
      assert.equal(
        await tab.page.$eval('#sample', (one) =>
          /** @type {HTMLElement} */ (one).innerText.includes('Please support'),
        ),
        false,
      );
      await tab.press('#sample .line button');
      await lines(LINES - 1);
    });

    test('it is one screen', async () => {
      await tab.page.setViewport({ width: 1280, height: 900 });
      const height = await tab.page.evaluate(() => document.documentElement.scrollHeight);
      assert.ok(height <= 900, `${height} high`);
    });

    test('it looks right', async () => {
      await tab.press('[value="before"]');
      await tab.press('[value="after"]');
      await lines(LINES);
      await checkLooks(tab, 'welcome');
    });

    // Chromium does not let an extension give up what its manifest asks for.
    if (kind === 'firefox')
      test('where access is missing, it asks for it on a click', async () => {
        await session.ask((origins) => chrome.permissions.remove({ origins }), EVERYWHERE);
        await tab.page.waitForSelector('#access', { visible: true });
        await checkLooks(tab, 'welcome-access');
        await tab.press('#grant');
        await tab.until(() => document.querySelector('#access')?.checkVisibility() === false);
        assert.match(await tab.page.$eval('#ready', (one) => one.textContent ?? ''), /Thank you/);
        const access = await session.ask(
          (origins) => chrome.permissions.contains({ origins }),
          EVERYWHERE,
        );
        assert.equal(access, true);
      });

    test('it leads to the settings, and nothing failed', async () => {
      const href = await tab.page.$eval(
        'a.button',
        (one) => /** @type {HTMLAnchorElement} */ (one).href,
      );
      assert.equal(href, session.extensionUrl('options/options.html'));
      assert.deepEqual(tab.errors, []);
    });
  });
}
