// Choices outlive the browser.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fixture } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./harness.mjs').Session} Session */

const here = fixture('demo');
const elsewhere = { ...here, url: 'https://another-paper.example/2026/11/story' };
const appeal = here.gone[0] ?? '';

for (const kind of KINDS) {
  describe(kind, () => {
    let profile = '';
    before(async () => {
      profile = await mkdtemp(join(tmpdir(), 'fold-appeals-'));
    });
    after(() => rm(profile, { recursive: true, force: true }));

    /** @param {(session: Session) => Promise<void>} use */
    async function started(use) {
      const session = await launch(kind, { profile });
      try {
        await use(session);
      } finally {
        await session.close();
      }
    }

    /**
     * @param {Session} session
     * @param {import('./fixtures.mjs').Fixture} page
     */
    async function seen(session, page) {
      const tab = await session.newTab();
      await tab.open(page);
      const { state } = await session.judged(tab);
      const visible = await tab.visible(appeal);
      return { tab, state, visible };
    }

    /**
     * @param {Session} session
     * @param {import('./tab.mjs').Tab} tab
     * @param {string} id of a control of the popup
     */
    async function press(session, tab, id) {
      const popup = await session.popup(tab);
      await popup.until(() => document.querySelector('#state')?.textContent !== '');
      await popup.press(`#${id}`);
      await tab.untilVisible(appeal, true);
      await popup.close();
    }

    test('a site is switched off', () =>
      started(async (session) => {
        const { tab, state } = await seen(session, here);
        assert.equal(state, 'working');
        await press(session, tab, 'site-switch');
      }));

    test('it is still off after a restart, other sites are not; then all is switched off', () =>
      started(async (session) => {
        const first = await seen(session, here);
        assert.deepEqual([first.state, first.visible], ['off_site', [true]]);
        const second = await seen(session, elsewhere);
        assert.deepEqual([second.state, second.visible], ['working', [false]]);
        await press(session, second.tab, 'everywhere-switch');
      }));

    test('all is still off after another restart', () =>
      started(async (session) => {
        const { state, visible } = await seen(session, elsewhere);
        assert.deepEqual([state, visible], ['off', [true]]);
      }));
  });
}
