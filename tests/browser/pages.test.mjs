// Every page of tests/pages in both browsers, with and without a Content-Security-Policy that keeps
// wasm out of content scripts: what must be gone is gone, what must stay stays, and the extension
// folds exactly what the native core says.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { checkBehaviour, watchFrames } from './behaviour.mjs';
import { COLLECTOR } from './collector.mjs';
import { eventually } from './eventually.mjs';
import { checkKnown, fixtures, native } from './fixtures.mjs';
import { KINDS, launch } from './harness.mjs';

/** @typedef {import('./fixtures.mjs').Fixture} Fixture */
/** @typedef {import('./fixtures.mjs').PlainPage} PlainPage */
/** @typedef {import('./harness.mjs').Session} Session */
/** @typedef {import('./tab.mjs').Tab} Tab */

/**
 * @typedef {object} Baseline The page without the extension.
 * @property {Record<string, boolean[]>} kept for every selector which matches are visible
 * @property {PlainPage} page what the collector makes of it
 * @property {number[]} numbers the document's number for each of the collector's elements
 */

const STRICT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'";

/**
 * @param {Fixture} fixture
 * @returns {[string, string | undefined][]}
 */
function policies({ live }) {
  const scripts = live ? "'unsafe-inline'" : "'none'";
  return [
    ['no CSP', undefined],
    ['strict CSP', `${STRICT}; script-src ${scripts}`],
  ];
}

// LIVE=1: only the live pages, each under both policies.
const LIVE = process.env.LIVE === '1';

// This many at once keep two cores busy; live pages mostly wait.
const AT_ONCE = 4;
const LIVE_AT_ONCE = 4;

for (const kind of KINDS) {
  describe(kind, () => {
    const still = fixtures().filter(({ live }) => !live && !LIVE);
    const live = fixtures().filter(({ live }) => live);
    /** @type {Map<string, Baseline>} */
    const baselines = new Map();
    /** @type {Map<string, Promise<void>>} */
    const turns = new Map();
    /** @type {Session} */
    let session;

    before(async () => {
      session = await launch(kind, { extension: false });
      await observeAll(still, AT_ONCE);
      await observeAll(live, LIVE_AT_ONCE);
      await session.install();
    });
    after(() => session?.close());

    /** @param {Fixture[]} pages @param {number} atOnce */
    async function observeAll(pages, atOnce) {
      const rest = [...pages];
      const observeRest = async () => {
        for (let next = rest.pop(); next; next = rest.pop()) {
          baselines.set(next.slug, await observe(session, next));
        }
      };
      await Promise.all(Array.from({ length: atOnce }, observeRest));
    }

    /** @param {Fixture} fixture @param {[string, string | undefined][]} policies */
    function declare(fixture, policies) {
      for (const [name, csp] of policies) {
        const visit = async () => {
          const tab = await session.newTab();
          try {
            await watchFrames(tab, fixture);
            // A first visit; tests/browser/second-visit.test.mjs has the others.
            await session.forgetSite(new URL(fixture.url).hostname);
            await tab.open({ ...fixture, csp });
            await check(session, tab, fixture, baselineOf(fixture));
          } finally {
            await tab.close();
          }
        };
        test(`${fixture.slug}, ${name}`, () =>
          checkKnown(fixture, () => (fixture.live ? inTurn(fixture, visit) : visit())));
      }
    }

    /**
     * One live page of a site at a time: what another one taught would make it no first visit.
     * @param {Fixture} fixture
     * @param {() => Promise<void>} visit
     */
    function inTurn({ url }, visit) {
      const { hostname } = new URL(url);
      const turn = (turns.get(hostname) ?? Promise.resolve()).then(visit);
      turns.set(
        hostname,
        turn.catch(() => {}),
      );
      return turn;
    }

    /** @param {Fixture} fixture */
    function baselineOf({ slug }) {
      const baseline = baselines.get(slug);
      assert.ok(baseline);
      return baseline;
    }

    describe('still pages', { concurrency: AT_ONCE }, () => {
      for (const fixture of still) {
        declare(fixture, policies(fixture));
        test(`${fixture.slug}: the collector and the native front end see the same page`, () => {
          samePage(baselineOf(fixture).page, native(fixture).page);
        });
      }
    });

    describe('live pages', { concurrency: LIVE_AT_ONCE }, () => {
      for (const [n, fixture] of live.entries()) {
        const both = policies(fixture);
        // One policy in each browser, taking turns, keeps the run of everything short.
        declare(
          fixture,
          LIVE ? both : both.slice(n % 2 === KINDS.indexOf(kind) ? 0 : 1).slice(0, 1),
        );
      }
    });
  });
}

/**
 * @param {PlainPage} actual
 * @param {PlainPage} expected
 */
function samePage({ elements, blocks, ...rest }, expected) {
  // Item by item: a difference in a list of a thousand would be hard to read.
  for (const [n, element] of elements.entries()) {
    assert.deepEqual([n, element], [n, expected.elements[n]], 'elements');
  }
  for (const [n, block] of blocks.entries()) {
    assert.deepEqual([n, block], [n, expected.blocks[n]], 'blocks');
  }
  assert.deepEqual({ ...rest, elements, blocks }, expected);
}

/**
 * @param {Session} session
 * @param {Fixture} fixture
 * @returns {Promise<Baseline>}
 */
async function observe(session, fixture) {
  const tab = await session.newTab();
  try {
    await tab.open(fixture);
    if (fixture.live) await tab.finished(fixture);
    /** @type {Record<string, boolean[]>} */
    const kept = {};
    for (const selector of fixture.kept) kept[selector] = await tab.visible(selector);
    const collected = /** @type {any} */ (await tab.page.evaluate(COLLECTOR));
    return { kept, ...collected };
  } finally {
    await tab.close();
  }
}

/**
 * @param {Session} session
 * @param {Tab} tab
 * @param {Fixture} fixture
 * @param {Baseline} baseline
 */
async function check(session, tab, fixture, baseline) {
  const report = await session.judged(tab);
  if (fixture.live) {
    await tab.finished(fixture);
    const limit = fixture.known_failure ? 1_000 : 4_000;
    for (const selector of fixture.gone) await tab.untilVisible(selector, false, limit);
  } else {
    const { verdict } = native(fixture);
    assert.equal(report.kind || verdict.kind, verdict.kind);
    const wanted = verdict.folds.flatMap((fold) => fold.elements.map((i) => baseline.numbers[i]));
    // A remembered part may be folded before the core has answered.
    const folded = await eventually(
      () => tab.folded().catch(() => []),
      (now) => isDeepStrictEqual(sorted(now), sorted(wanted)),
      8_000,
    ).catch(() => tab.folded());
    assert.deepEqual(sorted(folded), sorted(wanted), 'folded elements');
  }
  for (const selector of fixture.gone) {
    assert.ok(!(await tab.visible(selector)).includes(true), `still visible: ${selector}`);
  }
  for (const [selector, before] of Object.entries(baseline.kept)) {
    assert.ok(before.includes(true), `never visible, wrong selector?: ${selector}`);
    const after = await tab.visible(selector);
    const lost = before.findIndex((visible, n) => visible && !after[n]);
    assert.equal(lost, -1, `match ${lost} of ${selector} is gone`);
  }
  await checkBehaviour(tab, fixture);
  assert.deepEqual(await tab.violations(), [], 'violations of the CSP by the extension');
  assert.deepEqual(tab.errors, []);
}

/** @param {(number | undefined)[]} numbers */
function sorted(numbers) {
  return numbers.toSorted((a, b) => Number(a) - Number(b));
}
