// No request leaves the browser: not from a page, not from the background, not from our own pages.
// Pages are served by interception, so whatever reaches the proxy wanted to go out.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fixtures } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./harness.mjs').Session} Session */

// Browsers ask their own makers for updates whenever they like.
const MAKERS = /(^|\.)(google|googleapis|gstatic|gvt1|mozilla|firefox|mozgcp)\.(com|net|org)$/;

// Pages that ask for nothing themselves.
const quiet = fixtures().filter(({ live, html }) => !live && !loadsMore(html));

for (const kind of KINDS) {
  describe(kind, () => {
    /** @type {Set<string>} hosts that something wanted to reach */
    const asked = new Set();
    const proxy = createServer((socket) => {
      socket.once('data', (data) => {
        asked.add(host(data.toString('latin1').split('\r\n', 1)[0] ?? ''));
        socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      });
      socket.on('error', () => {});
    });
    /** @type {Session} */
    let session;

    before(async () => {
      proxy.listen(0, '127.0.0.1');
      await once(proxy, 'listening');
      const address = /** @type {import('node:net').AddressInfo} */ (proxy.address());
      session = await launch(kind, { proxy: `127.0.0.1:${address.port}`, extension: false });
    });
    after(async () => {
      await session?.close();
      proxy.close();
    });

    test('the proxy sees what leaves', async () => {
      const page = await session.browser.newPage();
      await page.goto('http://leaves.example/').catch(() => {});
      await page.close();
      assert.ok(asked.has('leaves.example'));
    });

    test('nothing leaves because of the extension', async () => {
      // Browsers connect ahead to the host of a page, and ask their makers for updates.
      const tab = await session.newTab();
      for (const fixture of quiet) await tab.open(fixture);
      await sleep(1_000);
      await tab.close();
      const before = new Set(asked);

      await session.install();
      session.refused.length = 0;
      const folded = await session.newTab();
      for (const fixture of quiet) {
        await folded.open(fixture);
        await session.judged(folded);
        await session.tell(folded, { type: 'show-all' });
      }
      const popup = await session.popup(folded);
      await popup.until(() => document.querySelector('#state')?.textContent !== '');
      await popup.close();
      for (const name of ['options', 'welcome']) {
        const page = await session.extensionPage(`${name}/${name}.html`);
        await page.until(() => (document.querySelector('#sample')?.children.length ?? 0) > 0);
        await page.close();
      }
      await sleep(1_000);
      assert.deepEqual(session.refused, [], 'asked for by a page');
      assert.deepEqual(
        [...asked].filter((name) => !before.has(name) && !MAKERS.test(name)),
        [],
      );
    });
  });
}

/**
 * The host of a request line: `CONNECT host:443 HTTP/1.1` or `GET http://host/ HTTP/1.1`.
 * @param {string} line
 */
function host(line) {
  const [method, target = ''] = line.split(' ');
  if (method === 'CONNECT') return target.replace(/:\d+$/, '');
  return URL.canParse(target) ? new URL(target).hostname : line;
}

/**
 * Whether the page itself asks for more files.
 * @param {string} html
 */
function loadsMore(html) {
  return /\ssrc(set)?=["']?(?!["']?data:)|<link\b|url\((?!["']?data:)|<iframe/.test(html);
}
