// The line that stands where an appeal was folded: one quiet row with real buttons, which says why,
// unfolds in place, folds again, and takes the reader's word that it was wrong.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { calm, eventually } from './eventually.mjs';
import { fixture } from './fixtures.mjs';
import { KINDS, launch, ROOT } from './harness.mjs';

/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */
/** @typedef {import('./tab.mjs').LineInside} LineInside */

const ONE_LINE = 40;
const page = fixture('demo');
const appeal = page.gone[0] ?? '';
const AXE = readFileSync(`${ROOT}node_modules/axe-core/axe.min.js`, 'utf8');

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

    /** @param {Partial<import('./fixtures.mjs').Fixture>} [changes] */
    async function open(changes = {}) {
      await tab.open({ ...page, ...changes });
      await session.judged(tab);
    }

    /** @param {(line: LineInside) => unknown} right */
    async function line(right) {
      const [first] = await eventually(
        () => tab.insideLines(),
        ([one]) => one !== undefined && right(one),
      );
      return /** @type {LineInside} */ (first);
    }

    /** @param {LineInside} one */
    const names = ({ buttons }) => buttons.map(({ name }) => name);

    test('one row with a sentence and buttons', async () => {
      await session.forget();
      await open();
      const one = await line(({ says }) => says === 'Appeal for support folded');
      assert.deepEqual(names(one), ['Show', 'Why', 'Not an appeal']);
      assert.ok(one.height <= ONE_LINE, `${one.height} high`);
      for (const { name, width, height } of one.buttons) {
        assert.ok(width >= 24 && height >= 24, `${name} is ${width} by ${height}`);
      }
    });

    test('why: one sentence, the same as in the popup; the line is small again afterwards', async () => {
      await tab.pressLine(0, 'Why');
      const { note } = await line(({ note }) => note !== '');
      assert.match(note, /^Because .+ and .+\.$/);
      const popup = await session.popup(tab);
      await popup.until((note) => document.body.innerText.includes(note), note);
      await popup.close();
      await tab.pressLine(0, 'Why');
      const { height } = await line(({ note }) => note === '');
      assert.ok(height <= ONE_LINE, `${height} high`);
    });

    test('show unfolds in place, the line stays and folds again', async () => {
      await tab.pressLine(0, 'Show');
      await tab.untilVisible(appeal, true);
      const shown = await line(({ says }) => says === 'Appeal for support');
      assert.deepEqual(names(shown), ['Hide again', 'Why', 'Not an appeal']);
      assert.equal(shown.focused, 'Hide again');
      assert.ok(shown.height <= ONE_LINE, `${shown.height} high`);
      await tab.pressLine(0, 'Hide again');
      await tab.untilVisible(appeal, false);
      await line(({ says, focused }) => says === 'Appeal for support folded' && focused === 'Show');
    });

    test('all of it by keyboard', async () => {
      await open();
      await line(() => true);
      await tab.page.bringToFront();
      /** @param {string} name */
      const focus = async (name) => {
        for (let n = 0; n < 60; n++) {
          if ((await tab.insideLines())[0]?.focused === name) return;
          await tab.page.keyboard.press('Tab');
        }
        assert.fail(`the Tab key does not reach ${name}`);
      };
      await focus('Show');
      await tab.page.keyboard.press('Enter');
      await tab.untilVisible(appeal, true);
      await tab.page.keyboard.press(' ');
      await tab.untilVisible(appeal, false);
      await focus('Why');
      await tab.page.keyboard.press('Enter');
      await line(({ note }) => note !== '');
      await focus('Not an appeal');
      await tab.page.keyboard.press('Enter');
      await tab.untilVisible(appeal, true);
      await line(({ focused }) => focused === 'Copy report');
      await tab.page.keyboard.press('Enter');
      await line(({ note }) => note.startsWith('The report is in the clipboard'));
    });

    test('the report is in the clipboard', async () => {
      const pasted = await paste(tab);
      assert.match(pasted, /^Fold Appeals \d+\.\d+\.\d+: not an appeal\nhost: /);
      assert.ok(pasted.includes(`host: ${new URL(page.url).hostname}\n`));
      assert.match(pasted, /\nlanguage: en\nscore: 0?[.1]\d*\nreasons: \w+/);
      assert.ok(pasted.includes('Dear readers,'), pasted);
    });

    test('not an appeal: never folded here again, with the rest of the site as before', async () => {
      await open();
      await calm(() => tab.folded());
      assert.deepEqual(await tab.visible(appeal), [true]);
      assert.deepEqual(await tab.lines(), []);
      await open({ url: page.url.replace('://', '://other.') });
      await tab.untilVisible(appeal, false);
    });

    test('said and taken back', async () => {
      await session.forget();
      await open();
      const { folds } = await session.judged(tab);
      await session.tell(tab, { type: 'not-appeal', id: folds[0].id });
      await tab.untilVisible(appeal, true);
      const noted = await line(({ says }) => says === 'Not folded here again');
      assert.deepEqual(names(noted), ['Hide again', 'Copy report']);
      await eventually(mine, ({ not }) => not.length > 0);
      await tab.pressLine(0, 'Hide again');
      await tab.untilVisible(appeal, false);
      await eventually(mine, ({ not }) => not.length === 0);
      await open();
      await tab.untilVisible(appeal, false);
    });

    /** @returns {Promise<{ not: string[], folds: string[] }>} */
    async function mine() {
      const key = `mine:${new URL(page.url).hostname.replace('www.', '')}`;
      const stored = await session.ask((key) => chrome.storage.local.get(key), key);
      return /** @type {any} */ (stored)[key] ?? { not: [], folds: [] };
    }

    test('without a clipboard the report stands in a field', async () => {
      await session.forget();
      await open({ url: page.url.replace('https:', 'http:') });
      await tab.pressLine(0, 'Not an appeal');
      await tab.pressLine(0, 'Copy report');
      const { field } = await line((one) => one.field !== null);
      assert.match(field ?? '', /^Fold Appeals .*: not an appeal\n/);
    });

    test('without lines nothing is left in the flow', async () => {
      await session.forget();
      await open();
      await line(() => true);
      await session.choose({ line: false });
      await eventually(
        () => tab.lines(),
        (lines) => lines.length === 0,
      );
      assert.deepEqual(await tab.visible(appeal), [false]);
      await session.choose({ line: true });
      await line(() => true);
      await session.choose({ line: false });
      await open();
      await tab.untilVisible(appeal, false);
      assert.deepEqual(await tab.lines(), []);
      await session.choose({});
    });

    test('in a narrow column it is still one row', async () => {
      await tab.page.setViewport({ width: 360, height: 640 });
      // the page itself leaves no room for its story on a narrow screen
      const style = '<style>.grid { display: block !important }</style></head>';
      await open({ html: page.html.replace('</head>', style) });
      const one = await line(() => true);
      assert.ok(one.height <= ONE_LINE, `${one.height} high`);
      assert.deepEqual(names(one), ['Show', 'Why']);
      for (const { name, x, width } of one.buttons) {
        assert.ok(x + width / 2 <= 360, `${name} is cut off`);
      }
      await tab.pressLine(0, 'Why');
      const asked = await line(({ note }) => note !== '');
      assert.deepEqual(names(asked), ['Show', 'Why', 'Not an appeal']);
      await tab.page.setViewport({ width: 1000, height: 900 });
    });

    test('it goes in the direction of its words, whatever the page does', async () => {
      const dir = { html: page.html.replace('<html', '<html dir="rtl"') };
      for (const [language, changes, order] of /** @type {const} */ ([
        ['he', {}, -1],
        ['he', dir, -1],
        ['en', dir, 1],
      ])) {
        await session.choose({ language });
        await open(changes);
        const one = await line(({ says }) => says !== '' && /[א-ת]/.test(says) === order < 0);
        const [show, why] = one.buttons.map(({ x }) => x);
        assert.equal(Math.sign((why ?? 0) - (show ?? 0)), order, `${language}, ${one.says}`);
      }
      await session.choose({});
    });

    test('what reached from edge to edge leaves no words at the edge', async () => {
      const style =
        '<style>.grid { display: block !important } body * { margin: 0 !important; padding: 0 !important; max-width: none !important }</style></head>';
      await open({ html: page.html.replace('</head>', style) });
      const { left } = await line(() => true);
      assert.equal(left, 16);
    });

    test('axe finds nothing in any state, on light and dark pages, right to left, and narrow', async () => {
      const plain = await session.newTab();
      for (const [name, look] of Object.entries(LOOKS)) {
        await plain.page.setViewport({ width: look.width, height: 900 });
        await plain.open({ url: `https://axe.example/${name}`, html: look.html });
        await plain.page.evaluate(AXE);
        await plain.page.evaluate(OPEN_LINES);
        await plain.until(() => {
          const notice = document.querySelector(':popover-open')?.shadowRoot;
          return notice?.textContent?.startsWith('This cannot') === true;
        });
        const found = await plain.page.evaluate(async () => {
          const { violations, passes } = await /** @type {any} */ (globalThis).axe.run();
          return {
            violations: violations.map((/** @type {any} */ { id, nodes }) => [id, nodes[0].html]),
            contrast: passes.some((/** @type {any} */ { id }) => id === 'color-contrast'),
          };
        });
        assert.deepEqual(found, { violations: [], contrast: true }, name);
      }
      await plain.close();
    });
  });
}

/**
 * What a real paste brings.
 * @param {Tab} tab
 */
async function paste(tab) {
  await tab.page.evaluate(() => {
    const field = Object.assign(document.createElement('textarea'), { id: 'pasted' });
    document.body.prepend(field);
    field.focus();
  });
  await tab.page.keyboard.down('Control');
  await tab.page.keyboard.press('v');
  await tab.page.keyboard.up('Control');
  return eventually(
    () => tab.page.evaluate(() => document.querySelector('textarea')?.value ?? ''),
    (text) => text !== '',
  );
}

/** @param {string} attributes @param {string} style @param {number} width */
function look(attributes, style, width) {
  const html = `<!doctype html><html ${attributes}><title>Lines</title>
    <style>body { margin: 20px; font: 18px/1.6 serif; ${style} }</style>
    <main><h1>Lines</h1><p>Before.</p><ul><li>One item</li></ul></main>`;
  return { html, width };
}
const LOOKS = {
  light: look('lang=en', 'background: #fff; color: #222', 1000),
  dark: look('lang=en', 'background: #16181d; color: #ddd; color-scheme: dark', 1000),
  rtl: look('lang=he dir=rtl', 'background: #fff; color: #222', 1000),
  narrow: look('lang=en', 'background: #fff; color: #222', 360),
};

// The closed root is open here, or axe could not look into it; everything else is what is shipped.
const scripts = JSON.parse(readFileSync(`${ROOT}extension/manifest/base.json`, 'utf8'))
  .content_scripts[0].js;
const MESSAGES = readFileSync(`${ROOT}extension/_locales/en/messages.json`, 'utf8');
const OPEN_LINES = `(() => {
  const messages = ${MESSAGES};
  globalThis.chrome = {
    i18n: { getMessage: (key) => messages[key].message },
    runtime: { getManifest: () => ({ version: '0.0.0' }) },
  };
  const ATTR = 'abcdefghijkl';
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function () { return attach.call(this, { mode: 'open' }); };
  ${scripts
    .filter((/** @type {string} */ file) => /\/(platform|marks|placeholder|notice)\.js$/.test(file))
    .map((/** @type {string} */ file) => readFileSync(`${ROOT}extension/${file}`, 'utf8'))
    .join('\n')}
  var here = { words: {} };
  var ours = new WeakSet();
  const fold = (changes) => ({
    shown: false, wrong: false, byHand: false, reasons: [], text: 'Dear readers, help.', score: 1,
    place: { width: innerWidth - 40 }, ...changes,
  });
  const place = (changes, prepare = () => {}, inList = false) => {
    const line = new Line(document, fold(changes), inList);
    prepare(line);
    line.draw();
    line.host.style.setProperty('display', 'block', 'important');
    const parent = document.querySelector(inList ? 'ul' : 'main');
    parent.append(line.host);
  };
  place({});
  place({}, () => {}, true);
  place({ byHand: true });
  place({ shown: true });
  place({}, (line) => { line.asked = true; line.note = 'Because it asks for support.'; });
  place({ shown: true, wrong: true }, (line) => { line.report = reportOf(line.fold); });
  notice.say(says('line_refused'));
})()`;
