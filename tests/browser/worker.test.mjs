// The background may be stopped at any moment: nothing of a page's state lives there.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually.mjs';
import { fixture } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

const page = fixture('demo');
const appeal = page.gone[0] ?? '';
// Both browsers stop an idle background after 30 seconds.
const STOPS_IN_HALF_AN_HOUR = 60;
// Longer than the core takes to load on a busy machine: shorter, and no question is ever answered.
const FIREFOX_IDLE = 800;

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;
    /** @type {Tab} */
    let tab;

    before(async () => {
      session = await launch(kind, { backgroundIdle: FIREFOX_IDLE });
      tab = await session.newTab();
      await tab.open(page);
      await tab.untilVisible(appeal, false);
    });
    after(() => session?.close());

    async function stop() {
      if (kind === 'chrome') {
        await session.stopWorker();
      } else {
        await eventually(
          () => session.ask(() => chrome.extension.getViews().every((view) => view === window)),
          (stopped) => stopped,
        );
      }
    }

    test('stopped after folding: the switches, the line and the badge still work', async () => {
      await stop();
      assert.deepEqual(await tab.visible(appeal), [false]);
      await session.choose({ enabled: false });
      await tab.untilVisible(appeal, true);
      await stop();
      await session.choose({ enabled: true });
      await tab.untilVisible(appeal, false);
      await stop();
      await tab.pressLine(0);
      await tab.untilVisible(appeal, true);
      await eventually(
        () => session.badge(tab),
        (text) => text === '',
      );
    });

    test('half an hour of idle stops, a page after each', async () => {
      const times = [];
      for (let n = 0; n < STOPS_IN_HALF_AN_HOUR; n++) {
        await stop();
        const start = performance.now();
        await tab.open({ ...page, url: otherSite(`idle-${n}`) });
        await tab.untilVisible(appeal, false);
        times.push(performance.now() - start);
      }
      times.sort((a, b) => a - b);
      console.log(`open to folded with a stopped background: median ${times[30]?.toFixed(0)} ms`);
    });

    // Firefox keeps its background alive while a message is being answered.
    test('stopped during messages', { skip: kind === 'firefox' && 'not possible' }, async () => {
      let stopped = 0;
      for (let n = 0; n < 25; n++) {
        const opened = tab.open({ ...page, url: otherSite(`during-${n}`) });
        await sleep(n * 6);
        if (await session.stopWorker()) stopped++;
        await opened;
        await tab.untilVisible(appeal, false);
      }
      assert.ok(stopped > 12, `the worker ran only ${stopped} times when it was to be stopped`);
    });
  });
}

/**
 * On a site of its own nothing is remembered: only the core can fold it.
 * @param {string} name
 */
function otherSite(name) {
  return page.url.replace('://', `://${name}.`);
}
