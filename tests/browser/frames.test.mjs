// Frames of another origin: judged by the script inside, folded by the page around, whenever they say it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { calm } from './eventually.mjs';
import { fixture } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./harness.mjs').Session} Session */

const PAGE = fixture('modal-focus-trap');
const WIDGET = 'https://widgets.example/give';
const APPEAL = `<h2>Buy us a coffee</h2><p>No ads, no sponsors, no algorithm. Just one desk and the
kettle. If you enjoy the Gazette, a small tip keeps it going.</p><p>Please support our newsroom from
£3 a month.</p><a href="/tip">Tip £3</a> <a href="/monthly">Support monthly</a>`;
const CHART = '<h2>Prices of a loaf since 2019</h2><p>Source: the bakery</p>';

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;

    before(async () => {
      session = await launch(kind);
    });
    after(() => session?.close());

    /** @param {string} widget the frame's document */
    async function open(widget) {
      const tab = await session.newTab();
      const html = PAGE.html
        .replace(/<script>[\s\S]*<\/script>/, '')
        .replace(
          '<footer',
          `<iframe id=widget src="${WIDGET}" width=600 height=400></iframe><footer`,
        );
      assert.ok(html.includes('id=widget') && !html.includes('<script'));
      tab.serve({
        url: WIDGET,
        html: `<!doctype html><html lang=en><body>${widget}</body></html>`,
      });
      await tab.open({ url: PAGE.url, html });
      await session.judged(tab);
      return tab;
    }

    test('one that holds an appeal goes', async () => {
      const tab = await open(APPEAL);
      await tab.untilVisible('#widget', false);
      await tab.close();
    });

    for (const wait of [2_500, 6_000]) {
      test(`one that draws its appeal ${wait} ms late goes`, async () => {
        const tab = await open(`<div id=root></div><script>
          setTimeout(() => { root.innerHTML = ${JSON.stringify(APPEAL)} }, ${wait})
        </script>`);
        await tab.untilVisible('#widget', false, wait + 4_000);
        await tab.close();
      });
    }

    test('a chart stays', async () => {
      const tab = await open(CHART);
      await sleep(2_500);
      assert.deepEqual(await calm(() => tab.visible('#widget')), [true]);
      await tab.close();
    });
  });
}
