// The settings: whatever is stored or imported, valid ones come out, no site is lost, and the person
// is told what was wrong. No browser needed.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import { LANGUAGES } from '../../extension/shared/languages.js';
import * as settings from '../../extension/shared/settings.js';
import { Cloud, Device } from './storage.mjs';

const { change, check, choose, defaults, exported, imported, isHost, isOn, siteOf, siteTyped } =
  settings;
const RUNS = { numRuns: 2_000 };

/** @param {Settings} given without what JSON does not tell */
const flat = (given) => JSON.parse(JSON.stringify(given));

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/);
const host = fc.array(label, { minLength: 2, maxLength: 4 }).map((labels) => labels.join('.'));
const valid = fc
  .record({
    enabled: fc.boolean(),
    mode: fc.constantFrom('except', 'only'),
    sites: fc.dictionary(host, fc.boolean()),
    line: fc.boolean(),
    certainty: fc.constantFrom('careful', 'balanced', 'bold'),
    badge: fc.boolean(),
    language: fc.constantFrom('', ...LANGUAGES),
  })
  .map((given) => /** @type {Settings} */ ({ ...defaults(), ...given }));

/** Values that look like settings and are not. */
const odd = fc.oneof(
  fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
  fc.record(
    {
      version: fc.anything(),
      enabled: fc.anything(),
      mode: fc.anything(),
      sites: fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.anything())),
      certainty: fc.anything(),
      language: fc.anything(),
    },
    { requiredKeys: [] },
  ),
);

/** @param {Settings} given */
function assertValid(given) {
  assert.equal(given.version, 2);
  for (const key of /** @type {const} */ (['enabled', 'line', 'badge', 'sync']))
    assert.equal(typeof given[key], 'boolean');
  assert.match(given.mode, /^(except|only)$/);
  assert.match(given.certainty, /^(careful|balanced|bold)$/);
  assert.ok(['', ...LANGUAGES].includes(given.language));
  for (const [name, on] of Object.entries(given.sites)) {
    assert.ok(isHost(name), name);
    assert.equal(typeof on, 'boolean');
  }
}

describe('what is stored', () => {
  test('nothing yet: the standard settings, and nothing to complain about', () => {
    assert.deepEqual(check(undefined), { settings: defaults(), problems: [], future: false });
    assertValid(defaults());
  });

  test('version 1 keeps its choices', () => {
    const old = { version: 1, enabled: false, sites: { 'a.example': false } };
    const { settings, problems } = check(old);
    assert.deepEqual(problems, []);
    assert.deepEqual(flat(settings), flat({ ...defaults(), ...old, version: 2 }));
  });

  test('a later version is not guessed at, and not overwritten', async () => {
    const later = { version: 3, enabled: { until: 'Monday' }, sites: { 'a.example': 'shy' } };
    assert.deepEqual(check(later), { settings: defaults(), problems: [], future: true });
    const device = new Device(new Cloud());
    device.use();
    device.local.settings = JSON.stringify(later);
    assert.equal(await change((edited) => Object.assign(edited, { enabled: false })), false);
    assert.deepEqual(JSON.parse(device.local.settings), later);
  });

  test('each entry counts for itself, and what makes no sense is named', () => {
    const { settings, problems } = check({
      version: 2,
      enabled: 'yes',
      line: false,
      certainty: 1,
      sites: { 'a.example': false, 'B.example': true, 'c.example': 0, '<b>': true },
    });
    assert.deepEqual(
      flat(settings),
      flat({ ...defaults(), line: false, sites: { 'a.example': false } }),
    );
    assert.deepEqual(
      problems.map(({ key, values }) => [key, values[0], values[1]]),
      [
        ['problem_value', 'enabled', '"yes"'],
        ['problem_value', 'certainty', '1'],
        ['problem_site', 'sites."B.example"', undefined],
        ['problem_value', 'sites.c.example', '0'],
        ['problem_site', 'sites."<b>"', undefined],
      ],
    );
  });

  test('anything at all gives valid settings', () => {
    fc.assert(
      fc.property(odd, (stored) => assertValid(check(stored).settings)),
      RUNS,
    );
  });

  test('no name reaches Object.prototype', () => {
    const evil = JSON.parse(
      '{"__proto__": {"enabled": false, "evil": 1}, "constructor": {"prototype": {"evil": 1}},' +
        '"sites": {"__proto__": {"evil": 1}, "constructor": false, "toString": true}}',
    );
    const before = Object.getOwnPropertyNames(Object.prototype);
    const { settings, problems } = check(evil);
    assert.equal(settings.enabled, true);
    assert.deepEqual(Object.keys(settings.sites), ['constructor']);
    assert.deepEqual(
      problems.map(({ values }) => values[0]),
      ['sites."__proto__"', 'sites."toString"'],
    );
    assert.equal(/** @type {any} */ ({}).evil, undefined);
    assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), before);
    assert.equal(isOn(defaults(), 'constructor'), true);
  });

  test('5,000 sites', () => {
    const sites = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, n) => [`p${n}.example`, false]),
    );
    assert.deepEqual(flat(check({ version: 2, sites }).settings).sites, sites);
  });
});

test('the README tells each setting and its standard value', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const table = /<!-- settings -->([\s\S]*?)<!-- \/settings -->/.exec(readme)?.[1] ?? '';
  const rows = [...table.matchAll(/^\| `(\w+)` \| `([^`]+)` \|/gm)];
  const told = rows.map(([, name, standard = '']) => [name, JSON.parse(standard)]);
  const { version, ...rest } = flat(defaults());
  assert.deepEqual(Object.fromEntries(told), rest);
});

test('the welcome page tells how many languages have cues', () => {
  const cues = readdirSync(new URL('../../src/cues', import.meta.url));
  const count = cues.filter((file) => file.endsWith('.toml')).length;
  const messages = new URL('../../extension/_locales/en/messages.json', import.meta.url);
  const { message } = JSON.parse(readFileSync(messages, 'utf8')).welcome_does_anywhere;
  assert.equal(/\d+/.exec(message)?.[0], String(count));
});

test('each language of the settings has its folder of messages', () => {
  const folders = readdirSync(new URL('../../extension/_locales', import.meta.url));
  assert.deepEqual([...LANGUAGES].sort(), folders.sort());
});

describe('sites', () => {
  test('an address gives a site that can be stored', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['http', 'https'] }), (url) => {
        const site = siteOf(url);
        assert.ok(site !== null && isHost(site), url);
      }),
      RUNS,
    );
  });

  test('what people type', () => {
    assert.equal(siteTyped(' https://www.Example.org/news?x#y '), 'example.org');
    assert.equal(siteTyped('example.org/news'), 'example.org');
    assert.equal(siteTyped('bücher.example'), 'xn--bcher-kva.example');
    assert.equal(siteTyped('localhost'), 'localhost');
    for (const bad of ['', 'news', 'a b.example', 'ftp://a.example', 'javascript:alert(1)', '<b>'])
      assert.equal(siteTyped(bad), null, bad);
  });

  test('choices in both modes', () => {
    const given = defaults();
    choose(given, 'a.example', false);
    assert.deepEqual([isOn(given, 'a.example'), isOn(given, 'b.example')], [false, true]);
    choose(given, 'a.example', true);
    assert.deepEqual(Object.keys(given.sites), []);
    given.mode = 'only';
    choose(given, 'a.example', true);
    assert.deepEqual([isOn(given, 'a.example'), isOn(given, 'b.example')], [true, false]);
    given.enabled = false;
    assert.equal(isOn(given, 'a.example'), false);
  });
});

describe('files', () => {
  test('importing an export changes nothing', () => {
    fc.assert(
      fc.property(valid, (given) => {
        const { settings, sites, problems } = imported(exported(given), defaults());
        assert.deepEqual(problems, []);
        assert.deepEqual(flat(/** @type {Settings} */ (settings)), flat(given));
        assert.equal(sites, Object.keys(given.sites).length);
      }),
      RUNS,
    );
  });

  test('any text is taken or refused, never with a site of one’s own lost', () => {
    const own = /** @type {Settings} */ ({ ...defaults(), sites: { 'mine.example': false } });
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      odd.map((given) => {
        try {
          return JSON.stringify({
            application: 'fold-appeals',
            version: 2,
            .../** @type {any} */ (given),
          });
        } catch {
          return 'not JSON';
        }
      }),
    );
    fc.assert(
      fc.property(text, (given) => {
        const { settings, problems } = imported(given, own);
        if (settings === null) assert.equal(problems.length, 1);
        else {
          assertValid(settings);
          assert.ok(Object.hasOwn(settings.sites, 'mine.example'));
        }
      }),
      RUNS,
    );
    assert.deepEqual(own.sites, { 'mine.example': false });
  });

  test('sites are added, other choices replaced, and whether to sync is left alone', () => {
    const own = { ...defaults(), sync: true, line: false, sites: { 'a.example': false } };
    const file = {
      application: 'fold-appeals',
      version: 2,
      sync: false,
      certainty: 'bold',
      sites: { 'b.example': true },
    };
    const { settings } = imported(JSON.stringify(file), own);
    assert.deepEqual(settings && flat(settings), {
      ...flat(own),
      certainty: 'bold',
      sites: { 'a.example': false, 'b.example': true },
    });
  });

  /** @param {string} text @returns {[string | undefined, string[] | undefined]} */
  function complaint(text) {
    const { settings, problems } = imported(text, defaults());
    assert.equal(settings, null);
    return [problems[0]?.key, problems[0]?.values];
  }

  test('what is no file of settings is refused as a whole', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    for (const broken of ['', '{"a": tru', '{"a": 1,}', '{'.repeat(10_000)]) {
      const [key, values] = complaint(broken);
      assert.equal(key, 'problem_not_json');
      assert.match(values?.[0] ?? '', /JSON/);
    }
    assert.deepEqual(complaint('[]'), ['problem_not_settings', []]);
    assert.deepEqual(complaint(deep), ['problem_not_settings', []]);
    assert.deepEqual(complaint('{"version": 2}'), ['problem_not_settings', []]);
    assert.deepEqual(complaint(`"${'x'.repeat(1e7)}"`), ['problem_too_large', ['10.0', '2']]);
    const later = '{"application": "fold-appeals", "version": 3, "sites": {"a.example": false}}';
    assert.deepEqual(complaint(later), ['problem_future', ['3', '2']]);
  });

  test('single entries are refused by name and place', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const text = `{"application": "fold-appeals", "version": 2, "colour": 1, "enabled": ${deep},
      "sites": {"a.example": false, "__proto__": true, "b.example": "off", "c d": true}}`;
    const { settings, sites, problems } = imported(text, defaults());
    assert.deepEqual(settings && Object.keys(settings.sites), ['a.example']);
    assert.equal(sites, 1);
    assert.deepEqual(problems, [
      { key: 'problem_value', values: ['enabled', '[ … ]', 'true, false'] },
      { key: 'problem_site', values: ['sites."__proto__"'] },
      { key: 'problem_value', values: ['sites.b.example', '"off"', 'true, false'] },
      { key: 'problem_site', values: ['sites."c d"'] },
      { key: 'problem_unknown', values: ['"colour"'] },
    ]);
  });
});

describe('sync', () => {
  /** @type {Cloud} */
  let cloud;
  /** @type {Device} */
  let laptop;
  /** @type {Device} */
  let phone;

  /** A device with a background of its own. @param {Device} device */
  async function started(device) {
    device.use();
    // Each device needs the module's own queue.
    const module = await import(`../../extension/background/sync.js?${Math.random()}`);
    module.followSync();
    return device;
  }

  /** Waits until nobody has anything to do, on the device now in use. */
  const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

  /** Acts on one device; the other hears of it afterwards. @param {Device} device @param {(settings: Settings) => void} edit */
  async function on(device, edit) {
    const other = device === laptop ? phone : laptop;
    const { listeners } = other;
    other.listeners = [];
    device.use();
    await change(edit);
    await settled();
    other.listeners = listeners;
    const mine = device.listeners;
    device.listeners = [];
    other.use();
    for (const tell of listeners) tell({ settings: { newValue: null } }, 'sync');
    await settled();
    device.listeners = mine;
  }

  /** @param {Device} device @returns {Settings} */
  const of = (device) => check(JSON.parse(device.local.settings ?? 'null')).settings;
  /** @param {Device} device */
  const state = (device) => JSON.parse(device.local.sync ?? '{}');

  beforeEach(async () => {
    cloud = new Cloud();
    laptop = await started(new Device(cloud));
    phone = await started(new Device(cloud));
  });

  test('off at first: nothing is copied', async () => {
    await on(laptop, (edited) => choose(edited, 'a.example', false));
    assert.deepEqual(cloud.items, {});
  });

  test('a second device joins: sites of both, then the last writer wins', async () => {
    await on(laptop, (edited) => {
      edited.sync = true;
      edited.certainty = 'bold';
      choose(edited, 'a.example', false);
    });
    await on(phone, (edited) => choose(edited, 'b.example', false));
    await on(phone, (edited) => Object.assign(edited, { sync: true }));
    for (const device of [laptop, phone]) {
      assert.deepEqual(Object.keys(of(device).sites).sort(), ['a.example', 'b.example']);
      assert.equal(of(device).certainty, 'bold');
    }
    await on(laptop, (edited) => Object.assign(edited, { certainty: 'careful' }));
    await on(phone, (edited) => choose(edited, 'a.example', true));
    for (const device of [laptop, phone]) {
      assert.deepEqual(Object.keys(of(device).sites), ['b.example']);
      assert.equal(of(device).certainty, 'careful');
      assert.equal(of(device).sync, true);
    }
  });

  test('what does not fit stays here, is told, and is not lost elsewhere', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 5_000 }, (_, n) => [`publisher-number-${n}.example`, false]),
    );
    await on(laptop, (edited) => Object.assign(edited, { sync: true, sites: many }));
    assert.equal(Object.keys(of(laptop).sites).length, 5_000);
    assert.equal(state(laptop).error, '');
    const { left } = state(laptop);
    assert.ok(left > 1_000 && left < 4_000, `${left} were left`);
    await on(phone, (edited) => choose(edited, 'phone.example', false));
    await on(phone, (edited) => Object.assign(edited, { sync: true }));
    assert.equal(Object.keys(of(phone).sites).length, 5_001 - left);
    assert.equal(Object.keys(of(laptop).sites).length, 5_001);
    assert.ok(Object.keys(of(laptop).sites).includes('phone.example'));
  });

  test('the browser refuses: the settings are kept, and the person is told', async () => {
    cloud.refuses = true;
    await on(laptop, (edited) => {
      edited.sync = true;
      choose(edited, 'a.example', false);
    });
    assert.deepEqual(Object.keys(of(laptop).sites), ['a.example']);
    assert.match(state(laptop).error, /MAX_WRITE/);
    cloud.refuses = false;
    await on(laptop, (edited) => choose(edited, 'b.example', false));
    assert.equal(state(laptop).error, '');
    assert.ok(cloud.items.settings);
  });

  test('a copy of a later version is left alone, and the person is told', async () => {
    const later = JSON.stringify({ version: 3, at: 9e15, parts: 1 });
    cloud.items = { settings: later };
    await on(laptop, (edited) => Object.assign(edited, { sync: true }));
    assert.equal(cloud.items.settings, later);
    assert.equal(state(laptop).future, true);
  });

  test('half a copy is not taken over', async () => {
    await on(laptop, (edited) => {
      edited.sync = true;
      choose(edited, 'a.example', false);
    });
    await on(phone, (edited) => Object.assign(edited, { sync: true }));
    const head = JSON.parse(cloud.items.settings ?? '{}');
    cloud.items.settings = JSON.stringify({ ...head, at: head.at + 5_000, device: 'third' });
    const before = phone.local.settings;
    phone.use();
    for (const tell of phone.listeners) tell({}, 'sync');
    await settled();
    assert.equal(phone.local.settings, before);
  });
});
