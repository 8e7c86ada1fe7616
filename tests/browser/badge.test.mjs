// The toolbar button: which icon and which count each tab gets. No browser tells an icon back, so
// this one runs in Node.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { showCount, showEverywhere, showState } from '../../extension/background/badge.js';
import { defaults } from '../../extension/shared/settings.js';
import { Cloud, Device } from './storage.mjs';

const TABS = [
  { id: 1, url: 'https://www.news.example/story' },
  { id: 2, url: 'https://paper.example/' },
  { id: 3, url: 'about:blank' },
];

/** By tab; 0: all others. @type {Map<number, string>} */
const icons = new Map();
/** @type {Map<number, string>} */
const counts = new Map();
/** @type {Device} */
let device;

beforeEach(() => {
  icons.clear();
  counts.clear();
  device = new Device(new Cloud());
  device.use();
  Object.assign(chrome, {
    action: {
      setIcon: async (/** @type {any} */ { tabId = 0, path }) =>
        icons.set(tabId, /(\w+)-16/.exec(path[16])?.[1] ?? ''),
      setBadgeText: async (/** @type {any} */ { tabId, text }) => counts.set(tabId, text),
      setBadgeBackgroundColor: async () => {},
    },
    tabs: {
      query: async () => TABS,
      sendMessage: async (/** @type {number} */ id) => {
        if (id === 3) throw new Error('no content script');
        return { folds: [{ shown: false }, { shown: true }] };
      },
    },
  });
});

/** @param {Partial<Settings>} choices */
function stored(choices) {
  const settings = { ...defaults(), ...choices };
  device.local.settings = JSON.stringify(settings);
  return settings;
}

test('on everywhere', async () => {
  stored({});
  await showEverywhere();
  assert.deepEqual(
    [...icons],
    [
      [0, 'on'],
      [1, 'on'],
      [2, 'on'],
      [3, 'on'],
    ],
  );
});

test('off for a site', async () => {
  const settings = stored({ sites: { 'news.example': false } });
  await showEverywhere();
  assert.deepEqual([icons.get(0), icons.get(1), icons.get(2)], ['on', 'off', 'on']);
  await showState(4, settings, 'news.example');
  assert.equal(icons.get(4), 'off');
});

test('only on a picked site', async () => {
  stored({ mode: 'only', sites: { 'paper.example': true } });
  await showEverywhere();
  assert.deepEqual([icons.get(1), icons.get(2)], ['off', 'on']);
});

test('paused everywhere', async () => {
  stored({ enabled: false });
  await showEverywhere();
  assert.deepEqual([...icons.values()], ['paused', 'paused', 'paused', 'paused']);
});

test('the count, unless it is switched off', async () => {
  stored({});
  await showEverywhere();
  assert.deepEqual(
    [...counts],
    [
      [1, '1'],
      [2, '1'],
      [3, ''],
    ],
  );
  await showCount(1, 250);
  assert.equal(counts.get(1), '99');
  stored({ badge: false });
  await showEverywhere();
  assert.deepEqual([...counts.values()], ['', '', '']);
});
