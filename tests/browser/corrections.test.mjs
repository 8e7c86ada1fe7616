// The reader's own word: fold this, never fold here, the keyboard commands. A native menu cannot be
// clicked without a screen, so what it calls is called, after a real click with the other button.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { calm, eventually } from './eventually.mjs';
import { EYES } from './eyes.mjs';
import { fixture } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./fixtures.mjs').Fixture} Fixture */
/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

const page = fixture('demo');
const appeal = page.gone[0] ?? '';
const site = new URL(page.url).hostname.replace(/^www\./, '');
const article = fixture('press-freedom-raid');

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Session} */
    let session;
    /** @type {Tab} */
    let tab;

    before(async () => {
      session = await launch(kind);
      tab = await session.newTab();
    });
    after(() => session?.close());

    /** @param {import('./tab.mjs').Served} served */
    async function open(served) {
      await tab.open(served);
      return session.judged(tab);
    }

    /**
     * What the background does when an entry of the menu is clicked.
     * @param {string} menuItemId
     * @param {object} [info]
     */
    const menu = (menuItemId, info = {}) =>
      session.ask(
        async (tabId, info) => {
          const { act } = await import(chrome.runtime.getURL('background/menu.js'));
          await act(info, await chrome.tabs.get(tabId));
        },
        tab.id,
        { menuItemId, ...info },
      );

    /**
     * @param {string} selector of a folded or shown element
     */
    async function foldThis(selector) {
      await tab.page.bringToFront();
      const [x, y] = await tab.page.evaluate(
        (eyes, selector) => {
          const { boxOf, find, scrollTo } = /** @type {any} */ (globalThis)[eyes];
          const [element] = find(selector);
          scrollTo(element, { block: 'center', behavior: 'instant' });
          const { left, top, height } = boxOf(element);
          return [left + 10, top + height / 2];
        },
        EYES,
        selector,
      );
      await tab.page.mouse.click(x, y, { button: 'right' });
      await menu('fold-this');
    }

    /** @param {string} from @param {string} to both selectors */
    async function foldSelection(from, to) {
      await tab.page.evaluate(
        (from, to) => {
          const [first, last] = [from, to].map(
            (s) => /** @type {Element} */ (document.querySelector(s)),
          );
          getSelection()?.setBaseAndExtent(
            /** @type {Node} */ (first?.firstChild),
            0,
            /** @type {Node} */ (last),
            last?.childNodes.length ?? 0,
          );
        },
        from,
        to,
      );
      await menu('fold-this', { selectionText: '…' });
    }

    /** @returns {Promise<Record<string, any>>} */
    const stored = () => session.ask(() => chrome.storage.local.get(null));

    /** Gives the page's paragraphs names. */
    const named = {
      ...article,
      html: article.html.replace(
        /<p(?=[ >])/g,
        (
          (n) => () =>
            `<p data-n="${n++}"`
        )(0),
      ),
    };
    const host = new URL(article.url).hostname.replace(/^www\./, '');
    const [a, b, c] = [1, 2, 3].map((n) => `[data-n="${n}"]`);

    test('this is folded, counted, remembered, and shown on request', async () => {
      await session.forget();
      await open(named);
      await foldThis(`${a}`);
      await tab.untilVisible(`${a}`, false);
      assert.deepEqual(await tab.visible(`${b}`), [true]);
      const { state, folds } = await session.judged(tab);
      assert.equal(state, 'working');
      assert.deepEqual(
        folds.map(({ byHand, shown }) => [byHand, shown]),
        [[true, false]],
      );
      await eventually(
        () => session.badge(tab),
        (text) => text === '1',
      );
      await eventually(stored, (all) => all[`mine:${host}`]?.folds.length === 1);
      await open(named);
      await tab.untilVisible(`${a}`, false);
      const [line] = await tab.insideLines();
      assert.equal(line?.says, 'Folded by you');
      await tab.pressLine(0, 'Show');
      await tab.untilVisible(`${a}`, true);
    });

    test('no longer, once the reader says so', async () => {
      await tab.pressLine(0, 'Never fold');
      await eventually(stored, (all) => all[`mine:${host}`]?.folds.length === 0);
      await open(named);
      await calm(() => tab.folded());
      assert.deepEqual(await tab.visible(`${a}`), [true]);
    });

    test('a selection folds the siblings that hold it', async () => {
      await session.forget();
      await open(named);
      await foldSelection(`${a}`, `${c}`);
      for (const one of [a, b, c]) await tab.untilVisible(`${one}`, false);
      assert.deepEqual((await tab.lines()).length, 1);
      await open(named);
      for (const one of [a, b, c]) await tab.untilVisible(`${one}`, false);
      assert.deepEqual((await tab.lines()).length, 1);
    });

    test('the switch holds for it, too', async () => {
      await session.choose({ sites: { [host]: false } });
      await tab.untilVisible(`${a}`, true);
      await open(named);
      await calm(() => tab.folded());
      assert.deepEqual(await tab.visible(`${a}`), [true]);
      await session.choose({});
      await tab.untilVisible(`${a}`, false);
    });

    /** What stands at the foot of the window: only the extension sees into it. */
    const notice = () =>
      session.ask(async (tabId) => {
        const [injected] = await chrome.scripting.executeScript({
          target: { tabId },
          func: () => {
            const host = /** @type {any} */ (document.querySelector(':popover-open'));
            const root =
              host && (chrome.dom?.openOrClosedShadowRoot(host) ?? host.openOrClosedShadowRoot);
            const { left, top, width, height } = host?.getBoundingClientRect() ?? new DOMRect();
            return { says: root?.textContent ?? '', x: left + width / 2, y: top + height / 2 };
          },
        });
        return /** @type {{ says: string, x: number, y: number }} */ (injected?.result);
      }, tab.id);

    /** @param {RegExp} wanted what the notice says; then it is put away */
    async function told(wanted) {
      const { x, y } = await eventually(notice, ({ says }) => wanted.test(says));
      await tab.page.mouse.click(x, y);
      assert.equal((await notice()).says, '');
    }

    test('never the headline, the story, or much of the page; and the reader is told', async () => {
      await session.forget();
      await open(named);
      const before = await tab.html();
      await foldThis('h1');
      await told(/^This cannot be folded\. Headlines/);
      const all = await tab.page.evaluate(() => document.querySelectorAll('[data-n]').length);
      await foldSelection('[data-n="0"]', `[data-n="${all - 1}"]`);
      await told(/^This cannot be folded/);
      await calm(() => tab.folded());
      assert.equal(await tab.html(), before);
      assert.deepEqual(
        Object.keys(await stored()).filter((key) => key.startsWith('mine:')),
        [],
      );
    });

    test('never a login; told in the chosen language, above a dialog of the page', async () => {
      await session.choose({ language: 'de' });
      const form = '<dialog><form><p>Sign in</p><input type="password"></form></dialog>';
      const script = '<script>document.querySelector("dialog").showModal()</script>';
      await open({ ...named, html: named.html.replace('</body>', `${form}${script}</body>`) });
      await foldThis('dialog form');
      await eventually(notice, ({ says }) => /^Das lässt sich nicht einklappen/.test(says));
      assert.deepEqual(await tab.visible('dialog form'), [true]);
      await session.forget();
    });

    test('where it is switched off, the reader is told so', async () => {
      await session.choose({ sites: { [host]: false } });
      await open(named);
      await foldThis(`${a}`);
      await told(/^Nothing was folded: Fold Appeals is switched off here\.$/);
      await session.forget();
    });

    test('where the extension is not in the page, the button calls for the popup', async () => {
      const badge = await session.ask(async () => {
        const own = await chrome.tabs.getCurrent();
        const { act } = await import(chrome.runtime.getURL('background/menu.js'));
        await act({ menuItemId: 'fold-this' }, own);
        return chrome.action.getBadgeText({ tabId: own?.id });
      });
      assert.equal(badge, '!');
    });

    test('an element that gets another text is shown', async () => {
      await open(named);
      await foldThis(`${a}`);
      await tab.untilVisible(`${a}`, false);
      await tab.page.evaluate((selector) => {
        const element = document.querySelector(selector);
        if (element)
          element.textContent = 'Now the story goes on in this paragraph, after all that.';
      }, `${a}`);
      await tab.untilVisible(`${a}`, true);
    });

    test('also on a page that is otherwise left alone', async () => {
      const donation = fixture('outlet-donation-page');
      const { state } = await open(donation);
      assert.equal(state, 'left_alone');
      const paragraph = 'main p, body p';
      await tab.page.evaluate((selector) => {
        const all = [...document.querySelectorAll(selector)];
        all.find((p) => (p.textContent ?? '').length > 60)?.setAttribute('data-own', '');
      }, paragraph);
      await foldThis('[data-own]');
      await tab.untilVisible('[data-own]', false);
      const { folds } = await session.judged(tab);
      assert.equal(folds.length, 1);
      await open(donation);
      await eventually(
        () => tab.folded(),
        (folded) => folded.length === 1,
      );
    });

    test('the menu speaks the chosen language', async () => {
      await session.choose({ language: 'nl' });
      const titles = await session.ask(async () => {
        /** @type {[unknown, unknown][]} */
        const said = [];
        const { update } = /** @type {any} */ (chrome.contextMenus);
        chrome.contextMenus.update = /** @type {any} */ (
          async (/** @type {string} */ id, /** @type {{ title: string }} */ { title }) => {
            // The browser refuses what it does not know.
            await update.call(chrome.contextMenus, id, { title });
            said.push([id, title]);
          }
        );
        const { rename } = await import(chrome.runtime.getURL('background/menu.js'));
        await rename();
        chrome.contextMenus.update = update;
        return said;
      });
      assert.deepEqual(titles, [
        ['fold-this', 'Inklappen als steunoproep'],
        ['never-here', 'Nooit inklappen op deze website'],
      ]);
      await session.forget();
    });

    test('never fold here: the site is switched off', async () => {
      await session.forget();
      await open(page);
      await tab.untilVisible(appeal, false);
      await menu('never-here', { pageUrl: page.url });
      await tab.untilVisible(appeal, true);
      assert.equal((await stored()).settings.sites[site], false);
    });

    /** @param {string} command */
    const press = (command) =>
      session.ask(
        async (tabId, command) => {
          const { act } = await import(chrome.runtime.getURL('background/commands.js'));
          await act(command, await chrome.tabs.get(tabId));
        },
        tab.id,
        command,
      );

    test('commands: the site off and on, all shown and folded again', async () => {
      await session.forget();
      await open(page);
      await tab.untilVisible(appeal, false);
      await press('toggle-site');
      await tab.untilVisible(appeal, true);
      await press('toggle-site');
      await tab.untilVisible(appeal, false);
      await press('toggle-appeals');
      await tab.untilVisible(appeal, true);
      assert.deepEqual(await tab.lines(), []);
      await press('toggle-appeals');
      await tab.untilVisible(appeal, false);
      const commands = await session.ask(() => chrome.commands.getAll());
      assert.deepEqual(
        commands
          .filter(({ name }) => name?.startsWith('toggle'))
          .map(({ shortcut }) => shortcut)
          .sort(),
        ['Alt+Shift+F', 'Alt+Shift+U'],
      );
    });

    test('the menu has both entries', async () => {
      await session.ask(async () => {
        for (const id of ['fold-this', 'never-here']) await chrome.contextMenus.update(id, {});
      });
    });

    test('what is kept can be counted and cleared, by site and all', async () => {
      const counts = await session.ask(async () => {
        const { clearAll, clearSite, correct, summary } = await import(
          chrome.runtime.getURL('background/corrections.js')
        );
        await correct('one.example', { not: ['50.a'], folds: ['60.b.1'] });
        await correct('two.example', { not: Array.from({ length: 300 }, (_, n) => `${n + 1}.a`) });
        await correct('three.example', { not: ['50.a'] });
        await correct('three.example', { folds: ['50.a.2', 'no print', 7] });
        await correct('four.example', { not: ['50.a'] });
        await correct('four.example', { undo: ['50.a'] });
        const first = await summary();
        const three = (await chrome.storage.local.get('mine:three.example'))['mine:three.example'];
        await clearSite('one.example');
        const second = Object.keys(await summary()).sort();
        await clearAll();
        return { first, three, second, last: await summary() };
      });
      assert.deepEqual(counts, {
        first: { 'one.example': 2, 'two.example': 200, 'three.example': 1 },
        three: { not: [], folds: ['50.a.2'] },
        second: ['three.example', 'two.example'],
        last: {},
      });
    });
  });
}
