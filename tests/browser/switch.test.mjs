// The switches of the popup act at once, in every open tab, in both directions.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually.mjs';
import { fixture } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

const here = fixture('demo');
const elsewhere = { ...here, url: 'https://www.another-paper.example/2026/11/story' };
const appeal = here.gone[0] ?? '';

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;
    /** @type {Tab[]} */
    let tabs = [];

    before(async () => {
      session = await launch(kind);
      tabs = [await session.newTab(), await session.newTab()];
      await tabs[0]?.open(here);
      await tabs[1]?.open(elsewhere);
    });
    after(() => session?.close());

    /** @param {boolean[]} expected whether the appeal is visible, tab by tab */
    async function visible(...expected) {
      for (const [n, wanted] of expected.entries()) await tabs[n]?.untilVisible(appeal, wanted);
    }

    /**
     * Presses a control of the popup, then closes the popup.
     * @param {string} id
     * @param {RegExp} state what the popup must say afterwards
     */
    async function press(id, state) {
      const tab = tabs[0];
      assert.ok(tab);
      const popup = await session.popup(tab);
      await popup.until(() => document.querySelector('#state')?.textContent !== '');
      await popup.press(`#${id}`);
      await popup.until(
        (pattern) => new RegExp(pattern).test(document.querySelector('#state')?.textContent ?? ''),
        state.source,
      );
      await popup.close();
    }

    /** @param {Tab} tab @param {string} wanted on the toolbar button, and not for a moment only */
    async function counted(tab, wanted) {
      await eventually(
        () => session.badge(tab),
        (count) => count === wanted,
      );
      await sleep(200);
      assert.equal(await session.badge(tab), wanted);
    }

    test('both are folded at first', () => visible(false, false));

    test('the site switch acts on its site only', async () => {
      await press('site-switch', /off on this site/);
      await visible(true, false);
      await counted(/** @type {Tab} */ (tabs[0]), '');
    });

    test('a page of a switched-off site stays as it is', async () => {
      const tab = await session.newTab();
      await tab.open({ ...here, url: `${here.url}?again` });
      assert.equal((await session.judged(tab)).state, 'off_site');
      assert.deepEqual(await tab.visible(appeal), [true]);
      await tab.close();
    });

    test('the site switch folds again', async () => {
      await press('site-switch', /appeal folded/);
      await visible(false, false);
    });

    test('the switch for everywhere acts on all open tabs', async () => {
      await press('everywhere-switch', /Paused everywhere/);
      await visible(true, true);
      await press('everywhere-switch', /appeal folded/);
      await visible(false, false);
    });

    test('the popup lists what was folded, shows it and hides it again', async () => {
      const tab = tabs[0];
      assert.ok(tab);
      await counted(tab, '1');
      const popup = await session.popup(tab);
      await popup.until(() => document.querySelector('#folds li') !== null);
      const listed = await popup.page.evaluate(
        () => document.querySelector('#folds li .text')?.textContent,
      );
      assert.match(listed ?? '', /\S/);
      await popup.press('#folds li button');
      await tab.untilVisible(appeal, true);
      await popup.until(() =>
        /^Hide/.test(document.querySelector('#folds button')?.textContent ?? ''),
      );
      await counted(tab, '');
      await popup.press('#folds li button');
      await tab.untilVisible(appeal, false);
      await popup.close();
    });

    test('no page noticed an error', () => {
      for (const tab of tabs) assert.deepEqual(tab.errors, []);
    });
  });
}
