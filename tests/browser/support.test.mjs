// The way in that stays with the reader: the best link of a folded appeal, or none.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fixture } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./harness.mjs').Session} Session */

/** Pages as they are, the first fold's link. @type {Record<string, string | null>} */
const PAGES = {
  demo: null,
  'bottom-banner-fixed': 'https://kestrelvalleypost.example/donate?c=bb',
  'lang-de-spendenkasten': 'https://lohrbacher-blatt.example/foerdern',
  'lang-es-hazte-socio': 'https://elcauce.example/hazte-socio',
  'lang-ja-supporter': 'https://taninoshimbun.example/supporter/',
  'lang-pl-wesprzyj': 'https://wspieraj.example/zarzecze',
  'lang-ru-podderzhite': 'https://help.bereg.example/',
};

const PAPER = 'https://paper.example/2026/story';

/** Links that are no way in. */
const OTHERS = [
  '<a href="mailto:donate@paper.example">Donate by mail</a>',
  '<a href="javascript:donate()">Donate</a>',
  '<a href="#donate">Donate</a>',
  '<a href="/remind?about=donation">Remind me to donate later</a>',
  '<a href="https://social.example/share?url=/donate">Share our donation page</a>',
  '<a href="/login?next=/support">Log in to support us</a>',
  '<a href="/2026/11/the-bridge">The bridge</a>',
];

/** Ways in, each better than those before. @type {[string, string][]} */
const WAYS = [
  ['/a/1', 'Support us'],
  ['/membership', 'More'],
  ['/soutenir/%D0%B4', 'Soutenir'],
  ['https://www.patreon.com/paper', 'Patreon'],
  ['https://paypal.me/donate-paper', 'Donate by PayPal'],
];

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;
    before(async () => {
      session = await launch(kind);
    });
    after(() => session?.close());

    /** @param {import('./tab.mjs').Served} page */
    async function supportOn(page) {
      const tab = await session.newTab();
      await tab.open(page);
      const { folds } = await session.judged(tab);
      await tab.close();
      assert.ok(folds.length > 0, 'nothing is folded');
      return folds[0].support;
    }

    for (const [slug, link] of Object.entries(PAGES))
      test(slug, async () => assert.equal(await supportOn(fixture(slug)), link));

    /**
     * Of an appeal that is nothing but links.
     * @param {string[]} links
     */
    async function bestOf(links) {
      const tab = await session.newTab();
      const html = `<!doctype html><title>Links</title><p id="appeal">${links.join(' ')}</p>`;
      await tab.open({ url: PAPER, html });
      await session.judged(tab);
      const best = await session.ask(async (tabId) => {
        const [injected] = await chrome.scripting.executeScript({
          target: { tabId },
          func: () => {
            const elements = [document.querySelector('#appeal')];
            // @ts-expect-error: the content script's own
            return /** @type {string | null} */ (supportOf({ elements, links: [] }));
          },
        });
        return injected?.result;
      }, tab.id);
      await tab.close();
      return best;
    }

    test('no link that leads elsewhere', async () => {
      assert.equal(await bestOf(OTHERS), null);
    });

    test('the best of several, wherever it stands', async () => {
      for (let n = 1; n <= WAYS.length; n++) {
        const links = WAYS.slice(0, n).map(([href, words]) => `<a href="${href}">${words}</a>`);
        const best = WAYS[n - 1]?.[0] ?? '';
        const expected = new URL(best, PAPER).href;
        assert.equal(await bestOf([...OTHERS, ...links]), expected);
        assert.equal(await bestOf([...links.reverse(), ...OTHERS]), expected);
      }
    });
  });
}
