// On the second visit, when what folded on the first is remembered, everything is as on the first:
// what is remembered never stands in the way of the core, nor of what a folded overlay did to the page.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { checkBehaviour, watchFrames } from './behaviour.mjs';
import { calm } from './eventually.mjs';
import { fixtures } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./fixtures.mjs').Fixture} Fixture */
/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

// LIVE=1: only the pages whose appeals come by script, each in both browsers.
const LIVE = process.env.LIVE === '1';
const AT_ONCE = 4;

for (const kind of KINDS) {
  describe(kind, { concurrency: AT_ONCE }, () => {
    const all = fixtures().filter(
      ({ gone, known_failure }) => gone.length > 0 && known_failure === undefined,
    );
    const live = all.filter(({ live }) => live);
    // One browser each, taking turns, keeps the run of everything short.
    const pages = LIVE
      ? live
      : all.filter((page) => !page.live || live.indexOf(page) % 2 === KINDS.indexOf(kind));
    /** @type {Session} */
    let session;
    let folding = 0;

    before(async () => {
      session = await launch(kind);
    });
    after(async () => {
      await session?.close();
      assert.ok(
        folding > pages.length * 0.8,
        `only ${folding} of ${pages.length} pages folded anything`,
      );
    });

    for (const page of pages) {
      test(page.slug, async () => {
        const tab = await session.newTab();
        await watchFrames(tab, page);
        await session.forgetSite(new URL(page.url).hostname);
        const first = await visit(tab, page);
        const second = await visit(tab, page);
        assert.deepEqual(second, first);
        if (first.folded.length > 0) folding++;
        await checkBehaviour(tab, page);
        await tab.close();
      });
    }

    /**
     * What is folded, and what a reader sees, once everything has settled.
     * @param {Tab} tab
     * @param {Fixture} page
     */
    async function visit(tab, page) {
      await tab.open(page);
      await session.judged(tab);
      if (page.live) await tab.finished(page);
      const folded = await calm(() => tab.folded().catch(() => []));
      /** @type {Record<string, boolean[]>} */
      const seen = {};
      for (const selector of [...page.gone, ...page.kept])
        seen[selector] = await tab.visible(selector);
      return { folded, seen };
    }
  });
}
