// The popup: the state of the page in a sentence, the list of what was folded, and how it looks.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { eventually } from './eventually.mjs';
import { fixture } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';
import { checkLooks } from './looks.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

const here = fixture('demo');
const site = new URL(here.url).hostname.replace(/^www\./, '');
const PHONE = 360;

// What a content script could report; the popup must make a sentence of each.
const STATES = {
  starting: /Looking/,
  working: /One appeal/,
  nothing: /No appeal/,
  off: /Paused/,
  off_site: /off on this site/,
  off_only: /Not picked/,
  too_large: /too large/,
  core_failed: /went wrong/,
  no_answer: /did not answer/,
  not_web: /not a web page/,
};
const FOLD = {
  id: 1,
  text: 'Please support our newsroom from $3 a month.',
  reasons: [{ key: 'asks', cues: [] }],
  shown: false,
  overlay: false,
  support: null,
  byHand: false,
};

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;
    /** @type {Tab} */
    let tab;

    before(async () => {
      session = await launch(kind);
      tab = await session.newTab();
      await tab.open(here);
    });
    after(() => session?.close());
    beforeEach(() => session.forget());

    /** @param {(popup: Tab) => Promise<void>} use */
    async function opened(use) {
      const popup = await session.popup(tab);
      try {
        await popup.until(() => document.querySelector('#state')?.textContent !== '');
        await use(popup);
        assert.deepEqual(popup.errors, []);
      } finally {
        await popup.close();
      }
    }

    /** @param {Tab} popup @param {RegExp} pattern */
    const says = (popup, pattern) =>
      popup.until(
        (source) => new RegExp(source).test(document.querySelector('#state')?.textContent ?? ''),
        pattern.source,
      );

    /**
     * A popup whose page answers what the test wants; the messages it gets are kept.
     * @param {object} report
     * @param {(popup: Tab) => Promise<void>} use
     */
    async function answering(report, use) {
      const popup = await session.extensionPage(`popup/popup.html?tab=${tab.id}`);
      try {
        await popup.until(() => document.querySelector('#state')?.textContent !== '');
        await popup.page.evaluate((report) => {
          /** @type {unknown[]} */
          const heard = [];
          Object.assign(globalThis, { heard });
          chrome.tabs.sendMessage = /** @type {any} */ (
            async (/** @type {number} */ _tab, /** @type {any} */ message) => {
              heard.push(message);
              return report;
            }
          );
        }, report);
        // Any change of the storage makes it look again.
        await session.ask((n) => chrome.storage.local.set({ again: n }), Math.random());
        await use(popup);
      } finally {
        await popup.close();
      }
    }

    test('each state has its sentence', async () => {
      for (const [state, sentence] of Object.entries(STATES)) {
        const folds = state === 'working' ? [FOLD] : [];
        await answering({ state, kind: '', site, folds }, (popup) => says(popup, sentence));
      }
      for (const kind of ['donation', 'checkout', 'account', 'charity', 'front', 'app']) {
        const report = { state: 'left_alone', kind, site, folds: [] };
        await answering(report, (popup) => says(popup, /Left alone/));
      }
    });

    test('a page the extension cannot read: said so, and access is offered where it is missing', async () => {
      const popup = await session.extensionPage(`popup/popup.html?tab=${tab.id}`);
      await popup.until(() => document.querySelector('#state')?.textContent !== '');
      /** @param {boolean} access @param {string} [url] */
      const pretend = async (access, url) => {
        await popup.page.evaluate(
          (access, url, id) => {
            chrome.tabs.sendMessage = /** @type {any} */ (async () => Promise.reject(new Error()));
            chrome.tabs.get = /** @type {any} */ (async () => ({ id, url }));
            chrome.permissions.contains = /** @type {any} */ (async () => access);
            chrome.permissions.request = /** @type {any} */ (
              async (/** @type {unknown} */ asked) => Object.assign(globalThis, { asked })
            );
          },
          access,
          url,
          tab.id,
        );
        await session.ask((n) => chrome.storage.local.set({ again: n }), Math.random());
      };
      await pretend(true, 'https://news.example/story');
      await says(popup, /Reload this page/);
      await pretend(true, 'about:blank');
      await says(popup, /not a web page/);
      await pretend(false, 'https://news.example/story');
      await says(popup, /may not look at this site yet/);
      await checkLooks(popup, 'popup-access', {
        widest: PHONE,
        looks: ['light', 'phone-dark-rtl'],
      });
      await popup.press('#grant');
      assert.deepEqual(
        await eventually(
          () => popup.page.evaluate(() => /** @type {any} */ (globalThis).asked),
          Boolean,
        ),
        { origins: ['https://news.example/*'] },
      );
      await popup.close();
    });

    test('what was folded can be shown, hidden again, and called no appeal', async () => {
      await answering({ state: 'working', kind: 'article', site, folds: [FOLD] }, async (popup) => {
        await popup.page.waitForSelector('#folds li');
        assert.deepEqual(
          await popup.page.$$eval('#folds li > p', (all) => all.map((p) => p.textContent)),
          [FOLD.text, 'Because it asks for support.'],
        );
        for (const action of ['toggle', 'wrong'])
          await popup.press(`#folds [data-action="${action}"]`);
        const told = await eventually(
          () =>
            popup.page.evaluate(() =>
              /** @type {any} */ (globalThis).heard.filter(
                (/** @type {any} */ m) => m.type !== 'report',
              ),
            ),
          (heard) => heard.length === 2,
        );
        assert.deepEqual(told, [
          { type: 'show', id: 1 },
          { type: 'not-appeal', id: 1 },
        ]);
        assert.equal(
          await popup.page.evaluate(() => document.activeElement?.getAttribute('data-action')),
          'wrong',
          'the focus stays',
        );
      });
    });

    test('the way to give: a web address, and nothing else', async () => {
      const good = { ...FOLD, id: 2, support: 'https://give.news.example/now' };
      const bad = { ...FOLD, support: 'javascript:alert(1)' };
      await answering(
        { state: 'working', kind: 'article', site, folds: [bad, good] },
        async (popup) => {
          await popup.page.waitForSelector('#support', { visible: true });
          const link = await popup.page.$eval('#support', (one) => {
            const { href, rel, target } = /** @type {HTMLAnchorElement} */ (one);
            return { href, rel, target };
          });
          assert.deepEqual(link, { href: good.support, rel: 'noreferrer', target: '_blank' });
        },
      );
      await answering({ state: 'working', kind: 'article', site, folds: [bad] }, async (popup) => {
        await popup.page.waitForSelector('#folds li');
        assert.equal(await popup.page.$eval('#support', (one) => one.checkVisibility()), false);
      });
    });

    test('only on picked sites: the switch picks this one', async () => {
      await session.choose({ mode: 'only' });
      await opened(async (popup) => {
        assert.equal(
          await popup.page.$eval(
            '#site-switch',
            (e) => /** @type {HTMLInputElement} */ (e).checked,
          ),
          false,
        );
        await popup.press('#site-switch');
        const stored = await eventually(
          () =>
            session.ask(
              async () => /** @type {any} */ (await chrome.storage.local.get('settings')).settings,
            ),
          ({ sites }) => Object.keys(sites).length > 0,
        );
        assert.deepEqual(stored.sites, { [site]: true });
      });
    });

    test('all is reached by keyboard, and pressed', async () => {
      await opened(async (popup) => {
        for (const state of [/Paused everywhere/, /One appeal/]) {
          await popup.page.focus('#everywhere-switch');
          await popup.page.keyboard.press(' ');
          await says(popup, state);
        }
        await popup.page.waitForSelector('#folds li');
        await popup.page.focus('#options');
        const reached = [];
        for (let n = 0; n < 5; n++) {
          await popup.page.keyboard.press('Tab');
          reached.push(
            await popup.page.evaluate(() => {
              const { id, dataset } = /** @type {HTMLElement} */ (document.activeElement);
              return id || dataset.action;
            }),
          );
        }
        for (const name of ['site-switch', 'everywhere-switch', 'toggle', 'wrong'])
          assert.ok(reached.includes(name), `${name} is not reached: ${reached}`);
      });
    });

    test('the chosen language is spoken', async () => {
      await session.choose({ language: 'en' });
      await opened(async (popup) => {
        assert.equal(await popup.page.evaluate(() => document.documentElement.lang), 'en');
        const heading = await popup.page.$eval('h1', (one) => one.textContent);
        assert.equal(heading, 'Fold Appeals');
        await popup.until(() =>
          /^Because .+, .+ and .+\.$/.test(
            document.querySelector('.why')?.textContent?.replace(', and', ' and') ?? '',
          ),
        );
      });
    });

    test('it looks right', async () => {
      const folds = [
        FOLD,
        { ...FOLD, id: 2, shown: true, byHand: true, support: 'https://give.example/' },
      ];
      await answering({ state: 'working', kind: 'article', site, folds }, async (popup) => {
        await popup.page.waitForSelector('#support', { visible: true });
        await checkLooks(popup, 'popup', { widest: PHONE });
      });
    });
  });
}
