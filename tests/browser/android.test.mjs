// Firefox for Android cannot be driven here. It has no menus, no keyboard commands and no icons on a
// toolbar: the background must start and answer without them.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { extensionFolder } from './harness.mjs';
import { Cloud, Device } from './storage.mjs';

/** @typedef {(...args: any[]) => void} Listener */

/** @type {Record<string, Listener[]>} */
const listeners = {};
/** @type {string[]} */
const opened = [];

/** @param {string} name */
function event(name) {
  listeners[name] = [];
  return { addListener: (/** @type {Listener} */ listener) => listeners[name]?.push(listener) };
}

before(async () => {
  new Device(new Cloud()).use();
  Object.assign(chrome.runtime, {
    id: 'fold-appeals',
    onInstalled: event('installed'),
    onStartup: event('startup'),
    onMessage: event('message'),
    getURL: (/** @type {string} */ path) => `moz-extension://host/${path}`,
  });
  Object.assign(chrome, {
    action: {},
    tabs: {
      query: async () => [{ id: 1, url: 'https://news.example/' }],
      sendMessage: async () => ({ folds: [] }),
      create: async (/** @type {{ url: string }} */ { url }) => opened.push(url),
    },
  });
  await import(`${extensionFolder('firefox')}/background/main.js`);
});

test('the background starts, and welcomes', async () => {
  for (const listener of listeners.installed ?? []) await listener({ reason: 'install' });
  assert.deepEqual(opened, ['moz-extension://host/welcome/welcome.html']);
  for (const listener of listeners.startup ?? []) await listener();
});

test('a page is answered', async () => {
  const [listener] = listeners.message ?? [];
  const sender = { id: 'fold-appeals', frameId: 0, tab: { id: 1 }, url: 'https://news.example/' };
  const reply = await new Promise((respond) => {
    listener?.({ type: 'count', count: 1, fresh: 1 }, sender, respond);
  });
  assert.deepEqual(reply, { ok: true });
});
