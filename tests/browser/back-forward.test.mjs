// Back and forward: a page that the browser kept as it was left comes back with its folds, its count,
// and what was chosen meanwhile.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from './eventually.mjs';
import { EYES } from './eyes.mjs';
import { fixture } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

const STILL = fixture('lang-fr-soutien');
const MODAL = fixture('lock-body-overflow');

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;

    before(async () => {
      session = await launch(kind, { bfcache: true });
    });
    after(() => session?.close());

    /**
     * Opens a page, goes on to another one of the site, and then back.
     * @param {import('./fixtures.mjs').Fixture} page
     * @param {() => Promise<void>} [meanwhile]
     */
    async function leaveAndReturn(page, meanwhile) {
      const tab = await session.newTab();
      await tab.open(page);
      await session.judged(tab);
      await tab.finished(page);
      for (const selector of page.gone) await tab.untilVisible(selector, false);
      const folded = await tab.folded();
      const count = await session.badge(tab);
      assert.ok(folded.length > 0 && count !== '');
      await tab.page.evaluate(noteReturn, EYES, page.gone);
      await tab.open({ url: new URL('/elsewhere', page.url).href, html: '<h1>Elsewhere</h1>' });
      await session.judged(tab);
      await meanwhile?.();
      // by script: the drivers wait for a load, which a kept page does not have
      await tab.page.evaluate(() => history.back());
      const kept = await eventually(
        () => tab.page.evaluate(() => /** @type {any} */ (globalThis).returned).catch(() => null),
        (returned) => returned !== null,
      );
      assert.equal(kept?.persisted, true, 'the browser did not keep the page');
      return { tab, folded, count };
    }

    for (const page of [STILL, MODAL]) {
      test(`${page.slug}: comes back with its folds and its count`, async () => {
        const { tab, folded, count } = await leaveAndReturn(page);
        assert.deepEqual(await tab.folded(), folded);
        await eventually(
          () => session.badge(tab),
          (now) => now === count,
        );
        const { seen } = await tab.page.evaluate(() => /** @type {any} */ (globalThis).returned);
        assert.deepEqual(seen, [], 'visible in a frame after the return');
        await tab.page.close();
      });
    }

    test('switched off meanwhile, it comes back unfolded', async () => {
      const site = new URL(STILL.url).hostname.replace(/^www\./, '');
      const { tab } = await leaveAndReturn(STILL, () =>
        session.choose({ sites: { [site]: false } }),
      );
      for (const selector of STILL.gone) await tab.untilVisible(selector, true);
      assert.deepEqual(await tab.folded(), []);
      await session.choose({});
      await tab.page.close();
    });
  });
}

/**
 * Notes whether the page came back as it was left, and what of the appeal is visible from then on.
 * @param {string} eyes
 * @param {string[]} selectors
 */
function noteReturn(eyes, selectors) {
  addEventListener('pageshow', ({ persisted }) => {
    const returned = { persisted, seen: /** @type {string[]} */ ([]) };
    Object.assign(globalThis, { returned });
    const look = () => {
      const { visible } = /** @type {any} */ (globalThis)[eyes];
      for (const selector of selectors)
        if (visible(selector).includes(true)) returned.seen.push(selector);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
