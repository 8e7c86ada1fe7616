// The static site: it folds in the page, refuses what it cannot judge, and asks for nothing elsewhere.
// Whatever leaves the browser arrives at one small server, which is its proxy and the site's host.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { eventually } from './eventually.mjs';
import { fixtures, native } from './fixtures.mjs';
import { KINDS, launch, ROOT } from './harness.mjs';
import { checkLooks } from './looks.mjs';

/** @typedef {import('./tab.mjs').Tab} Tab */

const SITE = `${ROOT}dist/www`;
// Any static host: a folder in it, and one that does not know what wasm is.
const FOLDER = '/some/folder';
/** @type {Record<string, string>} */
const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.zip': 'application/zip',
};
// Browsers ask their own makers for updates whenever they like.
const MAKERS = /(^|\.)(google|googleapis|gstatic|gvt1|mozilla|firefox|mozgcp)\.(com|net|org)(:|$)/;
const OPTIONAL = /^(before|after)\.png$/;

const TEXT = [
  'The council voted on Tuesday to close the harbour bridge for two years.',
  'Dear reader, our newsroom has no owner and no paywall.',
  'Please support us from $3 a month. Every contribution helps.',
  'Remind me later',
];
const APPEAL = TEXT.slice(1);

/** @type {[string, string | Buffer, RegExp][]} */
const REFUSED = [
  ['big', 'news '.repeat(1_200_000), /too big: 6\.0 MB.*5 MB/],
  ['binary', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]), /not text/],
  ['blank', ' \n\t\n', /no text/],
  ['lines', 'a line\n'.repeat(30_000), /more than 20000 blocks/],
  ['elements', `<body>${'<b>a</b>'.repeat(100_000)}`, /more than 65536 elements/],
];

/** @param {string} address of a proxied request, or host:port of a tunnel */
function hostOf(address) {
  return /^https?:/.test(address) ? new URL(address).hostname : address.replace(/:\d+$/, '');
}

const HOSTILE = `<body onload="globalThis.hacked = 1"><form><input name="firstChild"><input name="localName">
  <input name="getAttribute"><input name="nextSibling"><p>Still read.</p></form><img name="body">
  <img name="createTreeWalker" src="https://elsewhere.example/a.png" onerror="globalThis.hacked = 1">
  <script>globalThis.hacked = 1</script><style>@import 'https://elsewhere.example/b.css';</style>
  <link rel="stylesheet" href="https://elsewhere.example/c.css"><p style="position: fixed">Also read.</p>
  <iframe src="https://elsewhere.example/d"></iframe>${'<div>'.repeat(100_000)}Read at last.`;

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {string[]} what was asked for and is not of the site */
    const elsewhere = [];
    const folder = mkdtempSync(join(tmpdir(), 'www-'));
    let down = false;
    const server = createServer((request, response) => {
      if (down) {
        request.socket.destroy();
        return;
      }
      const url = new URL(request.url ?? '/', origin);
      const name = url.pathname.slice(FOLDER.length + 1) || 'index.html';
      const file = `${SITE}/${name}`;
      if (url.origin !== origin || !url.pathname.startsWith(`${FOLDER}/`)) elsewhere.push(url.href);
      else if (existsSync(file)) {
        const type = TYPES[extname(file)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type });
        response.end(readFileSync(file));
        return;
      } else if (!OPTIONAL.test(name)) elsewhere.push(url.pathname);
      response.writeHead(404).end();
    });
    server.on('connect', ({ url }, socket) => {
      elsewhere.push(url ?? '');
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    let origin = 'http://127.0.0.1';
    let site = '';
    /** @type {import('./harness.mjs').Session} */
    let session;
    /** @type {Tab} */
    let tab;

    before(async () => {
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      origin = `http://127.0.0.1:${port}`;
      site = `${origin}${FOLDER}`;
      session = await launch(kind, { proxy: `127.0.0.1:${port}`, extension: false });
      tab = await session.newTab({ intercepted: false });
    });
    after(async () => {
      await session?.close();
      server.close();
      rmSync(folder, { recursive: true });
    });

    async function playground() {
      await tab.page.goto(`${site}/playground.html`);
      await tab.until(() => document.querySelector('#heat li') !== null);
    }

    /** @param {string} name @param {string | Buffer} content */
    async function upload(name, content) {
      const file = join(folder, name);
      writeFileSync(file, content);
      await tab.page.evaluate(() => {
        for (const id of ['status', 'refusal']) {
          const place = document.getElementById(id);
          if (place) place.textContent = '';
        }
      });
      const input = await tab.page.$('#file');
      await /** @type {any} */ (input).uploadFile(file);
      return answer();
    }

    /** What the page says when it has read its input. */
    async function answer() {
      const said = await eventually(
        () =>
          tab.page.evaluate(() =>
            ['status', 'refusal'].map((id) => document.getElementById(id)?.textContent ?? ''),
          ),
        ([status, refusal]) => refusal || (status && !status.startsWith('Reading')),
        30_000,
      );
      return said.join('');
    }

    /** The blocks as shown. */
    function shown() {
      return tab.page.evaluate(() =>
        [...document.querySelectorAll('#heat li')].map((item) => ({
          text: item.querySelector('.text')?.textContent ?? '',
          label: item.querySelector('.label')?.textContent ?? '',
          score: Number.parseFloat(item.querySelector('.score')?.textContent ?? ''),
        })),
      );
    }

    const folded = async () => (await shown()).filter(({ label }) => label === 'appeal');

    test('the landing page leads to files that are there', async () => {
      await tab.page.goto(`${site}/index.html`);
      const links = await tab.page.evaluate(() =>
        [...document.querySelectorAll('[href]')].map((link) => link.getAttribute('href') ?? ''),
      );
      assert.ok(links.includes('playground.html'));
      for (const link of links) {
        const file = link.split('#')[0];
        assert.ok(!link.includes(':') && (!file || existsSync(`${SITE}/${file}`)), link);
      }
    });

    test('a sample is folded at once, and its line opens and closes by keyboard', async () => {
      await playground();
      assert.match(await answer(), /1 appeal of \d+ blocks folded/);
      await tab.page.focus('#view-heat');
      await tab.page.keyboard.press('ArrowRight');
      await tab.untilVisible('#reader .line', true);
      assert.deepEqual(await tab.visible('#reader .inside'), [false]);
      await tab.page.focus('#reader .line');
      await tab.page.keyboard.press('Enter');
      await tab.untilVisible('#reader .inside', true);
      await tab.page.keyboard.press('Enter');
      await tab.untilVisible('#reader .inside', false);
    });

    test('every sample with an appeal is folded, and the look-alike is not', async () => {
      await playground();
      const count = await tab.page.$$eval('#sample option', (options) => options.length);
      for (let n = 0; n < count; n++) {
        await upload('x.txt', 'Something else.');
        await tab.page.select('#sample', String(n));
        await eventually(shown, (blocks) => blocks.length > 1);
        assert.equal((await folded()).length > 0, n < count - 1, `sample ${n}`);
      }
    });

    test('typed text is folded, and features are told', async () => {
      await playground();
      await tab.press('#clear');
      await tab.page.focus('#source');
      for (const line of TEXT) {
        await tab.page.keyboard.type(line);
        await tab.page.keyboard.press('Enter');
      }
      await eventually(shown, (blocks) => blocks.length === TEXT.length);
      assert.deepEqual(
        (await folded()).map(({ text }) => text),
        APPEAL,
      );
      await tab.page.focus('#heat li:nth-child(3) summary');
      await tab.page.keyboard.press('Enter');
      await tab.until(() => document.querySelectorAll('#heat .weights li').length > 3);
    });

    test('the slider decides how sure a fold must be', async () => {
      await playground();
      await tab.page.focus('#certainty');
      await tab.page.keyboard.press('End');
      await tab.until(() => document.querySelector('#certainty-value')?.textContent === '99 %');
      const sure = await eventually(folded, (blocks) =>
        blocks.every((_, n) => n > 0 || blocks.some(({ score }) => score >= 99)),
      );
      await tab.page.keyboard.press('Home');
      await tab.until(() => document.querySelector('#certainty-value')?.textContent === '50 %');
      const unsure = await eventually(folded, (blocks) => blocks.length >= sure.length);
      for (const { text } of sure) assert.ok(unsure.some((block) => block.text === text));
    });

    test('pages are judged as by the command line tool', async () => {
      await playground();
      const pages = fixtures().filter(({ live }) => !live);
      for (const fixture of pages.filter((_, n) => n % 9 === 0)) {
        const { page, verdict } = native({ ...fixture, url: '' });
        await upload('page.html', fixture.html);
        const said = (await shown()).map(({ text, label }) => `${label}: ${text}`);
        const wanted = page.blocks.map(({ t }, n) => {
          return `${/** @type {any} */ (verdict.blocks[n]).label}: ${t}`;
        });
        assert.deepEqual(said, wanted.slice(0, said.length), fixture.slug);
        assert.equal(said.length, Math.min(wanted.length, 200));
      }
    });

    test('what cannot be judged is refused with a sentence', async () => {
      await playground();
      for (const [name, content, sentence] of REFUSED) {
        assert.match(await upload(name, content), sentence);
        assert.deepEqual(await tab.visible('#results'), [false]);
      }
      assert.match(await upload('fine.txt', TEXT.join('\n')), /1 appeal of 3 blocks folded/);
    });

    test('a hostile page is only read', async () => {
      await playground();
      await upload('hostile.html', HOSTILE);
      const texts = (await shown()).map(({ text }) => text);
      assert.deepEqual(texts, ['Still read.', 'Also read.', 'Read at last.']);
      assert.equal(await tab.page.evaluate(() => 'hacked' in globalThis), false);
    });

    test('a dropped file and a long pasted text are read', async () => {
      await playground();
      await tab.page.evaluate((text) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([text], 'dropped.txt', { type: 'text/plain' }));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
      }, TEXT.join('\n'));
      await eventually(shown, (blocks) => blocks.length === TEXT.length);
      await tab.page.evaluate((text) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', text);
        // Firefox makes the clipboard's data of the other two.
        const init = { clipboardData, data: text, dataType: 'text/plain', cancelable: true };
        const paste = new ClipboardEvent('paste', init);
        document.getElementById('source')?.dispatchEvent(paste);
      }, 'The bridge was built in 1931.\n'.repeat(5_000));
      await tab.until(() => /^5000 /.test(document.getElementById('status')?.textContent ?? ''));
      await tab.press('#more');
      assert.equal((await shown()).length, 400);
    });

    test('once opened, it works without a network', async () => {
      const kept = readFileSync(`${SITE}/offline.js`, 'utf8');
      for (const file of readdirSync(SITE))
        assert.ok(/\.zip$|^offline\.js$/.test(file) || kept.includes(`'${file}'`), file);
      await playground();
      await tab.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
      // Before it is active, a service worker has kept all files.
      down = true;
      try {
        await playground();
        assert.match(await upload('offline.txt', TEXT.join('\n')), /1 appeal of 3 blocks folded/);
        await tab.page.goto(`${site}/`);
        await tab.until(() => document.querySelectorAll('.glimpse li').length > 0);
        assert.deepEqual(await tab.visible('#pictures'), [true]);
      } finally {
        down = false;
      }
    });

    test('the landing page shows what the playground says', async () => {
      await tab.page.goto(`${site}/index.html`);
      const glimpse = await tab.page.$$eval('.glimpse li', (all) =>
        all.map((one) => [one.querySelector('q')?.textContent, one.lastElementChild?.textContent]),
      );
      await playground();
      const blocks = new Map(
        (await shown()).map(({ text, label, score }) => [text, `${label} ${Math.round(score)} %`]),
      );
      assert.equal(blocks.size, 17);
      for (const [text = '', says] of glimpse)
        assert.equal(blocks.get(text ?? ''), says, text ?? '');
    });

    test('it looks right', async () => {
      await tab.page.goto(`${site}/index.html`);
      await checkLooks(tab, 'www');
      await playground();
      await checkLooks(tab, 'playground', { looks: ['light', 'dark', 'phone-dark-rtl'] });
    });

    test('nothing is asked for elsewhere, and nothing fails', () => {
      assert.deepEqual(
        elsewhere.filter((url) => !MAKERS.test(hostOf(url))),
        [],
      );
      assert.deepEqual(tab.errors, []);
    });
  });
}
