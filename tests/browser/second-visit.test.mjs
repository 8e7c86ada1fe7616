// On the second visit everything folds that folded on the first: what is remembered never stands in
// the way of the core. LIVE=1: the same on the pages whose appeals come by script.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { calm } from './eventually.mjs';
import { fixtures } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./fixtures.mjs').Fixture} Fixture */
/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

const LIVE = process.env.LIVE === '1';
const AT_ONCE = 4;

for (const kind of KINDS) {
  describe(kind, { concurrency: AT_ONCE }, () => {
    const all = fixtures().filter(
      ({ live, gone, known_failure }) =>
        Boolean(live) === LIVE && gone.length > 0 && known_failure === undefined,
    );
    /** @type {Session} */
    let session;
    let folding = 0;

    before(async () => {
      session = await launch(kind);
    });
    after(async () => {
      await session?.close();
      assert.ok(
        folding > all.length * 0.8,
        `only ${folding} of ${all.length} pages folded anything`,
      );
    });

    for (const page of all) {
      test(page.slug, async () => {
        const tab = await session.newTab();
        const first = await visit(tab, page);
        const second = await visit(tab, page);
        assert.deepEqual(second, first);
        if (first.length > 0) folding++;
        await tab.close();
      });
    }

    /**
     * What is folded once everything has settled.
     * @param {Tab} tab
     * @param {Fixture} page
     */
    async function visit(tab, page) {
      await tab.open(page);
      await session.judged(tab);
      if (page.live) await tab.finished(page);
      return calm(() => tab.folded().catch(() => []));
    }
  });
}
