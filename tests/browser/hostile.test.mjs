// Documents that are no pages, pages beyond all measure, and browsers that take the extension away:
// nothing breaks, nothing takes long, and what cannot be judged stays as it is.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually.mjs';
import { fixture } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';
import { traced } from './trace.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

const page = fixture('demo');
const appeal = page.gone[0] ?? '';
const LONGEST_TASK = 50; // milliseconds
// Deeper, and the tab dies by itself.
const DEPTH = { chrome: 2_000, firefox: 10_000 };

const ASK = 'Dear readers, we need your support. Please donate to our newsroom today.';
const PDF = [
  '%PDF-1.4',
  '1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj',
  '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj',
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj',
  'trailer<</Root 1 0 R>>',
  '%%EOF',
].join('\n');
/** @type {Record<string, { type: string, html: string }>} */
const DOCUMENTS = {
  XML: { type: 'text/xml', html: `<?xml version="1.0"?><news><ask>${ASK}</ask></news>` },
  SVG: {
    type: 'image/svg+xml',
    html: `<svg xmlns="http://www.w3.org/2000/svg" width="500" height="90"><text y="40">${ASK}</text></svg>`,
  },
  'plain text': { type: 'text/plain; charset=utf-8', html: `${ASK}\n`.repeat(20) },
  JSON: { type: 'application/json', html: JSON.stringify({ ask: ASK }) },
  PDF: { type: 'application/pdf', html: PDF },
};

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;
    before(async () => {
      session = await launch(kind);
    });
    after(() => session?.close());

    for (const [name, document] of Object.entries(DOCUMENTS)) {
      test(`${name} is left alone`, async () => {
        const tab = await session.newTab();
        const url = `https://files.example/${encodeURIComponent(name)}`;
        tab.serve({ url, ...document });
        // A browser may take a document over, and then never says that it has come.
        await tab.page.goto(url, { timeout: 5_000 }).catch(() => {});
        const report = await session.tell(tab, { type: 'report' });
        assert.ok(report === null || report.state === 'not_web', JSON.stringify(report));
        assert.deepEqual(tab.errors, []);
        await tab.page.close();
      });
    }

    test('back and forward: folded again, with the choice made meanwhile', async () => {
      const tab = await session.newTab();
      await tab.open(page);
      await tab.untilVisible(appeal, false);
      const elsewhere = { ...page, url: 'https://another-paper.example/2026/11/story' };
      await tab.open(elsewhere);
      await tab.untilVisible(appeal, false);

      await travel(tab, -1, page.url);
      await tab.untilVisible(appeal, false);
      await eventually(
        () => session.badge(tab),
        (text) => text === '1',
      );
      await session.choose({ enabled: false });
      await travel(tab, 1, elsewhere.url);
      await tab.untilVisible(appeal, true);
      await session.choose({});
      await travel(tab, -1, page.url);
      await tab.untilVisible(appeal, false);
      assert.deepEqual(tab.errors, []);
      await tab.page.close();
    });

    test(`${DEPTH[kind]} nested elements`, async () => {
      const tab = await session.newTab();
      await tab.open({ ...page, url: 'https://deep.example/2026/11/story' });
      await tab.untilVisible(appeal, false);
      await tab.page.evaluate((depth) => {
        const top = document.createElement('div');
        let inner = top;
        for (let n = 0; n < depth; n++) inner = inner.appendChild(document.createElement('div'));
        inner.textContent = 'The end of a very deep page.';
        document.body.append(top);
      }, DEPTH[kind]);
      await sleep(1_500);
      const { state } = await session.judged(tab);
      assert.match(state, /working|too_large/);
      // What is visible is asked of the heading alone: the whole text of such a page takes long.
      assert.ok((await tab.visible('h1')).every(Boolean));
      assert.deepEqual(tab.errors, []);
      await tab.page.close();
    });

    if (kind === 'chrome') {
      test('100,000 paragraphs: no long task, and the popup can say why', async () => {
        const tab = await session.newTab();
        const html = page.html.replace(
          '</body>',
          `${'<p>One line of many.</p>'.repeat(100_000)}</body>`,
        );
        const large = { ...page, html, url: 'https://large.example/2026/11/story' };
        const cost = await traced(tab.page, async () => {
          await tab.open(large);
          await session.judged(tab);
          await sleep(500);
        });
        assert.equal((await session.judged(tab)).state, 'too_large');
        assert.deepEqual(await tab.visible(appeal), [true]);
        assert.ok(cost.longest <= LONGEST_TASK, `a task of ${cost.longest} ms`);
        await tab.page.close();
      });

      for (const slug of ['storm-of-live-results', 'paragraph-of-one-megabyte']) {
        test(`${slug}: no long task`, async () => {
          const storm = fixture(slug);
          const tab = await session.newTab();
          const cost = await traced(tab.page, async () => {
            await tab.open(storm);
            await tab.finished(storm);
            if (storm.known_failure === undefined)
              for (const selector of storm.gone) await tab.untilVisible(selector, false, 2_000);
          });
          assert.ok(cost.time > 0);
          assert.ok(cost.longest <= LONGEST_TASK, `a task of ${cost.longest} ms`);
          await tab.close();
        });
      }

      test('a quiet page: not one task', async () => {
        const tab = await session.newTab();
        await tab.open(page);
        await tab.untilVisible(appeal, false);
        await sleep(500);
        const cost = await traced(tab.page, () => sleep(3_000));
        assert.equal(cost.tasks, 0);
        await tab.close();
      });
    }

    test('the extension is removed while a tab lives: nothing of it stays', async () => {
      const tab = await session.newTab();
      await tab.open(page);
      await tab.untilVisible(appeal, false);
      await session.uninstall();
      // An orphan notices at the next sign of life.
      await tab.page.evaluate(() => document.body.append('.'));
      await tab.untilVisible(appeal, true);
      assert.deepEqual(tab.errors, []);

      await session.install();
      await tab.page.reload({ waitUntil: 'domcontentloaded' });
      await tab.untilVisible(appeal, false);
      assert.deepEqual(tab.errors, []);
    });
  });
}

/**
 * Through the history, without waiting for a load that a kept page does not have.
 * @param {Tab} tab @param {number} steps @param {string} url where that leads
 */
async function travel(tab, steps, url) {
  await tab.page.evaluate((steps) => history.go(steps), steps);
  await tab.until((url) => location.href === url && document.readyState === 'complete', url);
}
