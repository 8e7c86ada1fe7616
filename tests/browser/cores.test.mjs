// The packaged core inside each browser's extension gives the native verdicts on all block cases.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { blockCases, nativeLines } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';
import { pageOfLines, rounded } from './verdicts.mjs';

/** @typedef {import('./harness.mjs').Session} Session */

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;

    before(async () => {
      session = await launch(kind);
    });
    after(() => session?.close());

    for (const [lang, requests] of blockCases()) {
      test(`lines in ${lang}`, async () => {
        const verdicts = await session.ask(async (/** @type {any[]} */ pages) => {
          const file = '/core/fold_appeals.js';
          const core = await import(file);
          await core.default({ module_or_path: '/core/fold_appeals_bg.wasm' });
          return pages.map((page) => core.classify(page).blocks);
        }, requests.map(pageOfLines));
        const expected = nativeLines(requests).map(({ blocks }) => rounded(blocks));
        assert.deepEqual(verdicts.map(rounded), expected);
      });
    }
  });
}
