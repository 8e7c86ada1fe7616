// Private windows leave nothing behind, and what is remembered elsewhere does not reach into them.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { calm, eventually } from './eventually.mjs';
import { fixture } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

const PAGE = fixture('lang-fr-soutien');
const SITE = new URL(PAGE.url).hostname.replace(/^www\./, '');

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;

    before(async () => {
      session = await launch(kind);
    });
    after(() => session?.close());

    /** @returns {Promise<Record<string, any>>} */
    const stored = () => session.ask(() => chrome.storage.local.get(null));

    /** @param {Tab} tab */
    async function visit(tab) {
      await tab.open(PAGE);
      const { folds } = await session.judged(tab);
      for (const selector of PAGE.gone) await tab.untilVisible(selector, false);
      return folds;
    }

    /** How many appeals the content script remembers. @param {Tab} tab */
    async function remembers(tab) {
      const [injected] = await session.ask(
        (tabId) =>
          chrome.scripting.executeScript({
            target: { tabId },
            // @ts-expect-error: the content script's own
            func: () => memory.seen.size,
          }),
        tab.id,
      );
      return injected?.result;
    }

    test('an appeal is folded, counted on the button, and not remembered', async () => {
      const tab = await session.privateTab();
      await visit(tab);
      await eventually(
        () => session.badge(tab),
        (count) => count === '1',
      );
      assert.deepEqual(await calm(stored), {});
      await tab.page.close();
    });

    test('"not an appeal" counts for the page, and is not remembered', async () => {
      const tab = await session.privateTab();
      const [fold] = await visit(tab);
      await session.tell(tab, { type: 'not-appeal', id: fold.id });
      for (const selector of PAGE.gone) await tab.untilVisible(selector, true);
      assert.deepEqual(await calm(stored), {});
      await tab.page.close();
    });

    test('what other windows remember is not read', async () => {
      const open = await session.newTab();
      await visit(open);
      await eventually(stored, (all) => all[`seen:${SITE}`]?.prints.length > 0);
      await visit(open);
      assert.ok(Number(await remembers(open)) > 0);
      const tab = await session.privateTab();
      await visit(tab);
      assert.equal(await remembers(tab), 0);
      await tab.page.close();
      await open.close();
    });
  });
}
