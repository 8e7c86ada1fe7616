// Unfolding leaves no trace: the document is the same text as without the extension, byte for byte.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from './eventually.mjs';
import { fixtures } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./harness.mjs').Session} Session */

for (const kind of KINDS) {
  describe(kind, () => {
    // A page that changes itself would differ anyway.
    const all = fixtures().filter(({ live, gone }) => !live && gone.length > 0);
    /** @type {Map<string, string>} */
    const untouched = new Map();
    /** @type {Session} */
    let session;

    before(async () => {
      session = await launch(kind, { extension: false });
      const tab = await session.newTab();
      for (const fixture of all) {
        await tab.open(fixture);
        untouched.set(fixture.slug, await tab.html());
      }
      await tab.close();
      await session.install();
    });
    after(() => session?.close());

    for (const fixture of all) {
      test(fixture.slug, async () => {
        const tab = await session.newTab();
        await tab.open(fixture);
        const before = untouched.get(fixture.slug);
        const { state } = await session.judged(tab);
        if (state !== 'working') {
          assert.ok(fixture.known_failure, `nothing folded: ${state}`);
          assert.equal(await tab.html(), before, 'nothing folded, but something changed');
          return tab.close();
        }
        assert.notEqual(await tab.html(), before);

        const lines = (await tab.lines()).length;
        for (let n = 0; n < lines; n++) {
          await tab.pressLine(n);
          await eventually(
            () => tab.insideLines(),
            (now) => now[n]?.says === 'Appeal for support',
          );
        }
        await session.tell(tab, { type: 'show-all' });
        assert.deepEqual(await tab.lines(), []);
        assert.equal(await tab.html(), before, 'after "show"');

        // The switches take the same way out; a few pages show it.
        if (all.indexOf(fixture) % 8 !== 0) return tab.close();
        await tab.page.reload({ waitUntil: 'domcontentloaded' });
        await session.judged(tab);
        await session.choose({ sites: { [site(fixture.url)]: false } });
        await eventually(
          () => tab.folded(),
          (folded) => folded.length === 0,
        );
        assert.equal(await tab.html(), before, 'after switching off');
        await session.choose({});
        await eventually(
          () => tab.folded(),
          (folded) => folded.length > 0,
        );
        await tab.close();
      });
    }
  });
}

/** @param {string} url */
function site(url) {
  return new URL(url).hostname.replace(/^www\./, '');
}
