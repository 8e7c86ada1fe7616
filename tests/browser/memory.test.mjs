// What the core folded once on a site folds again before it is painted, and nothing else.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { checkBehaviour } from './behaviour.mjs';
import { calm, eventually } from './eventually.mjs';
import { EYES } from './eyes.mjs';
import { fixture } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./fixtures.mjs').Fixture} Fixture */
/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

const STYLE = 'https://style.example/page.css';

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;

    before(async () => {
      session = await launch(kind);
    });
    after(() => session?.close());

    /**
     * What is folded once everything has settled.
     * @param {Tab} tab
     * @param {Fixture} page
     */
    async function visit(tab, page) {
      await tab.open(page);
      await session.judged(tab);
      if (page.live) await tab.finished(page);
      return calm(() => tab.folded());
    }

    /** @returns {Promise<Record<string, any>>} */
    const stored = () => session.ask(() => chrome.storage.local.get(null));

    /**
     * Waits until a site is remembered.
     * @param {string} site
     */
    const remembered = (site) =>
      eventually(stored, (all) => (all[`seen:${site}`]?.prints.length ?? 0) > 0);

    for (const slug of ['lang-fr-soutien', 'late-insert-end']) {
      test(`${slug}: remembered, it is in no frame`, async () => {
        await session.forget();
        const page = withStyleSheet(fixture(slug));
        const tab = await session.newTab();
        tab.serve({ url: STYLE, html: '', type: 'text/css', delay: 150 });
        await notePaint(tab, page);
        await visit(tab, page);
        await remembered(new URL(page.url).hostname);
        await visit(tab, page);
        const { frames, seen } = await tab.page.evaluate(
          () => /** @type {any} */ (globalThis).paint,
        );
        assert.ok(frames > 3, `only ${frames} frames`);
        assert.deepEqual(seen, []);
        await tab.close();
      });
    }
    const page = fixture('lang-pl-wesprzyj');
    const site = new URL(page.url).hostname;

    /**
     * The name under which the content script would remember an element's text.
     * @param {Tab} tab
     * @param {string} selector
     */
    async function printOf(tab, selector) {
      const print = await session.ask(
        async (tabId, selector) => {
          const [injected] = await chrome.scripting.executeScript({
            target: { tabId },
            func: (selector) => {
              // @ts-expect-error: the content script's own
              return memory.printsOf([...document.querySelectorAll(selector)], 0)[0];
            },
            args: [selector],
          });
          return String(injected?.result);
        },
        tab.id,
        selector,
      );
      assert.match(print, /^\d+\.[0-9a-z]+\.\d+$/);
      return print;
    }

    /** @param {string[]} prints */
    const plant = (prints) =>
      session.ask(
        (key, prints) => chrome.storage.local.set({ [key]: { day: 20_000, prints } }),
        `seen:${site}`,
        prints,
      );

    test('what the core does not confirm is shown and forgotten', async () => {
      const tab = await session.newTab();
      await visit(tab, page);
      const wrong = await printOf(tab, '#p4');
      await plant([wrong]);
      await tab.beforeDocuments(noteHidden, EYES, '#p4');
      await tab.open(page);
      await eventually(stored, (all) => !all[`seen:${site}`].prints.includes(wrong));
      await tab.untilVisible('#p4', true);
      const hidden = await tab.page.evaluate(() => /** @type {any} */ (globalThis).hidden);
      assert.ok(hidden > 0, 'it was not folded at first: this test shows nothing');
      await tab.close();
    });

    test('a text as short as a line of a story is not folded on its own', async () => {
      const tab = await session.newTab();
      await visit(tab, page);
      await plant([await printOf(tab, '.intro + p b, .kom b'), await printOf(tab, '#p12')]);
      await tab.beforeDocuments(noteHidden, EYES, '#p12');
      // without the rest of the appeal the core does not fold it either
      const alone = page.html.replace(/<p id="p8">.*(?=<p id="p12">)/, '');
      assert.notEqual(alone, page.html);
      await tab.open({ ...page, html: alone });
      await session.judged(tab);
      await calm(() => tab.visible('#p12'));
      assert.equal(await tab.page.evaluate(() => /** @type {any} */ (globalThis).hidden), 0);
      await tab.close();
    });

    test('a wrapper that is still being filled is not taken for the appeal', async () => {
      const tab = await session.newTab();
      const text = `Dear reader, this paper has no owner. ${'Please support our newsroom from 3 dollars a month. '.repeat(2)}`;
      const html = `<!doctype html><title>t</title><main><h1>Harbour news</h1><div id=slot></div></main>`;
      const url = page.url;
      await tab.open({ url, html: `${html}<p id=ask>${text}` });
      await session.judged(tab);
      await plant([await printOf(tab, '#ask')]);
      await tab.open({ url, html });
      await session.judged(tab);
      const shown = await tab.page.evaluate(async (text) => {
        const slot = /** @type {Element} */ (document.querySelector('#slot'));
        const ask = document.createElement('p');
        ask.textContent = text;
        slot.append(ask);
        await Promise.resolve();
        const now = [slot, ask].map((e) => e.checkVisibility());
        slot.prepend(Object.assign(document.createElement('p'), { textContent: 'The story.' }));
        return now;
      }, text);
      assert.deepEqual(shown, [true, false]);
      await tab.close();
    });

    test('known from other markup, of an overlay only a part folds at first; then the page is free', async () => {
      const modal = fixture('newsletter-site-pledge-modal');
      const key = `seen:${new URL(modal.url).hostname}`;
      const tab = await session.newTab();
      await visit(tab, modal);
      const learned = await eventually(stored, (all) => all[key]?.prints.length > 0);
      // the same text, in an element without wrappers
      const prints = learned[key].prints.map((/** @type {string} */ p) => p.replace(/\d+$/, '0'));
      assert.notDeepEqual(prints, learned[key].prints);
      await session.ask((stored) => chrome.storage.local.set(stored), {
        [key]: { day: 1, prints },
      });
      await visit(tab, modal);
      await checkBehaviour(tab, modal);
      await tab.close();
    });

    test('switching the site off forgets it', async () => {
      const tab = await session.newTab();
      await visit(tab, page);
      await remembered(site);
      await session.choose({ sites: { [site]: false } });
      await eventually(stored, (all) => all[`seen:${site}`] === undefined);
      await session.choose({});
      await tab.close();
    });

    test('bounded for a site, and in sites', async () => {
      await session.forget();
      const kept = await session.ask(async () => {
        const { remember } = await import(chrome.runtime.getURL('background/memory.js'));
        const prints = Array.from({ length: 500 }, (_, n) => `${100 + n}.abc.0`);
        await remember('one.example', prints, []);
        const one = (await chrome.storage.local.get('seen:one.example'))['seen:one.example'];
        for (let n = 0; n < 320; n++) await remember(`site-${n}.example`, ['100.abc.0'], []);
        await remember('two.example', ['no print', 7, '100.abc.0'], []);
        /** @type {Record<string, any>} */
        const all = await chrome.storage.local.get(null);
        return {
          one: /** @type {any} */ (one).prints.length,
          two: all['seen:two.example'].prints,
          sites: Object.keys(all).filter((key) => key.startsWith('seen:')).length,
        };
      });
      assert.deepEqual(kept, { one: 160, two: ['100.abc.0'], sites: 300 });
    });

    test('nothing is written for a private window', async () => {
      await session.forget();
      const answers = await session.ask(async () => {
        const { answer } = await import(chrome.runtime.getURL('background/messages.js'));
        const url = 'https://private.example/';
        const sender = {
          id: chrome.runtime.id,
          url,
          frameId: 0,
          tab: { id: -1, url, incognito: true },
        };
        const prints = ['100.abc.0'];
        return [
          await answer({ type: 'remember', fresh: prints, wrong: [] }, sender),
          await answer({ type: 'correct', not: prints, folds: prints, undo: [] }, sender),
        ];
      });
      assert.deepEqual(answers, [{ ok: true }, { ok: true }]);
      assert.deepEqual(
        Object.keys(await stored()).filter((key) => /^(seen|mine):/.test(key)),
        [],
      );
    });
  });
}

/**
 * Counts the animation frames in which an element is not visible.
 * @param {string} eyes
 * @param {string} selector
 */
function noteHidden(eyes, selector) {
  Object.assign(globalThis, { hidden: 0 });
  const look = () => {
    const { visible } = /** @type {any} */ (globalThis)[eyes];
    if (visible(selector).includes(false)) /** @type {any} */ (globalThis).hidden++;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/**
 * As real pages have one: a browser paints nothing before it is there. Firefox reads what is
 * remembered in about the time in which it paints a page that needs nothing else.
 * @param {Fixture} page
 */
function withStyleSheet(page) {
  return {
    ...page,
    html: page.html.replace('<head>', `<head><link rel="stylesheet" href="${STYLE}">`),
  };
}

/**
 * In every document to come: notes each animation frame in which a part of the appeal has a place.
 * @param {Tab} tab
 * @param {Fixture} page
 */
function notePaint(tab, { gone }) {
  return tab.beforeDocuments(
    (eyes, selectors) => {
      const paint = { frames: 0, seen: /** @type {string[]} */ ([]) };
      Object.assign(globalThis, { paint });
      const look = () => {
        paint.frames++;
        const { text } = /** @type {any} */ (globalThis)[eyes];
        for (const selector of selectors)
          for (const words of text(selector)) if (words) paint.seen.push(words);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    },
    EYES,
    gone,
  );
}
