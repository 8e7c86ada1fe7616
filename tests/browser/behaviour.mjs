// The `[after]` table of a fixture, defined in tests/pages/RUBRIC.md: how the page must behave once
// the appeal is folded, tested by use.

import assert from 'node:assert/strict';
import { eventually } from './eventually.mjs';
import { EYES } from './eyes.mjs';

/** @typedef {import('./tab.mjs').Tab} Tab */
/** @typedef {import('./fixtures.mjs').Fixture} Fixture */

/** @type {Record<string, (tab: Tab, value: any, after: Record<string, any>) => Promise<void>>} */
const CHECKS = {
  async at_y(tab, wanted) {
    const y = await tab.page.evaluate(() => scrollY);
    assert.ok(Math.abs(y - wanted) <= 2, `the reader's place is ${y}, not ${wanted}`);
  },

  async steady(tab) {
    const changes = await tab.page.evaluate(countOurChanges, 2_000);
    assert.equal(changes, 0, 'changes by the extension');
  },

  async count_at_most(tab, limit) {
    const count = await tab.page.evaluate(() =>
      Number(document.documentElement.getAttribute('data-count') ?? 0),
    );
    assert.ok(count <= limit, `the page counted ${count}, more than ${limit}`);
  },

  async visible_at_end(tab, selector) {
    await tab.untilVisible(selector, true);
  },

  async never_hidden(tab) {
    assert.deepEqual(
      await tab.page.evaluate(() => /** @type {any} */ (globalThis).hiddenInFrames),
      [],
    );
  },

  async scrolls(tab) {
    await eventually(
      () => wheelMoves(tab),
      (moves) => moves,
      2_000,
    ).catch(() => assert.fail('the wheel moves nothing'));
  },

  async locked(tab) {
    assert.ok(!(await wheelMoves(tab)), 'the wheel moves the page, whose lock is not the appeal’s');
  },

  async pushed(tab, selector, { top }) {
    const edge = () =>
      tab.page.evaluate(
        (eyes, selector) => {
          scrollTo({ top: 0, behavior: 'instant' });
          const { boxOf, find } = /** @type {any} */ (globalThis)[eyes];
          return Number(boxOf(find(selector)[0]).top);
        },
        EYES,
        selector,
      );
    // A banner that is still on its way is folded first; the space it took is given back after.
    await eventually(edge, (edge) => edge <= top, 2_000);
  },

  async near(tab, selectors, { within }) {
    const gap = await tab.page.evaluate(
      (eyes, [above, below]) => {
        const { boxOf, find } = /** @type {any} */ (globalThis)[eyes];
        return boxOf(find(below)[0]).top - boxOf(find(above)[0]).bottom;
      },
      EYES,
      selectors,
    );
    assert.ok(gap <= within, `a hole of ${gap} between ${selectors}, more than ${within}`);
  },

  async hit(tab, selector) {
    const hit = await tab.page.evaluate(
      (eyes, selector) => {
        const { boxOf, contains, firstVisible, scrollTo } = /** @type {any} */ (globalThis)[eyes];
        const element = firstVisible(selector);
        if (!element) return 'nothing';
        scrollTo(element, { block: 'center', behavior: 'instant' });
        const { left, top, width, height } = boxOf(element);
        const found = document.elementFromPoint(left + width / 2, top + height / 2);
        return found && contains(element, found)
          ? ''
          : (found?.outerHTML ?? 'nothing').slice(0, 200);
      },
      EYES,
      selector,
    );
    assert.equal(hit, '', `${selector} is covered`);
  },

  async blur(tab, _false, { hit = 'h1' }) {
    const blurred = await tab.page.evaluate(
      (eyes, selector) => {
        for (
          let e = /** @type {any} */ (globalThis)[eyes].find(selector)[0];
          e;
          e = e.parentElement
        ) {
          const { filter, backdropFilter = 'none' } = getComputedStyle(e);
          if (filter !== 'none' || backdropFilter !== 'none') return e.outerHTML.slice(0, 200);
        }
        return '';
      },
      EYES,
      hit,
    );
    assert.equal(blurred, '');
  },

  async focusable(tab, selector) {
    await tab.page.bringToFront();
    const problem = await tab.page.evaluate(
      async (eyes, selector) => {
        const element = /** @type {any} */ (globalThis)[eyes].find(selector)[0];
        if (element.closest('[inert]')) return 'inert';
        element.focus();
        await new Promise((resolve) => setTimeout(resolve, 150));
        const focused = document.activeElement;
        return focused === element ? '' : `focus is on ${focused?.outerHTML.slice(0, 200)}`;
      },
      EYES,
      selector,
    );
    assert.equal(problem, '', `${selector} cannot take the focus`);
  },
};

/**
 * @param {Tab} tab
 * @param {Fixture} fixture
 */
export async function checkBehaviour(tab, { after = {} }) {
  // In the order above: what only looks comes before what moves the page.
  for (const [name, check] of Object.entries(CHECKS)) {
    if (name in after) await check(tab, after[name], after);
  }
  const known = [...Object.keys(CHECKS), 'top', 'within'];
  const unknown = Object.keys(after).filter((name) => !known.includes(name));
  assert.deepEqual(unknown, [], 'keys of [after] without a check');
}

/**
 * Before the page loads: notes every animation frame in which an element of the story is invisible.
 * @param {Tab} tab
 * @param {Fixture} fixture
 */
export async function watchFrames(tab, { after = {} }) {
  if (after.never_hidden === undefined) return;
  await tab.beforeDocuments(
    (eyes, selector) => {
      /** @type {string[]} */
      const hidden = [];
      const look = () => {
        const { find, visible } = /** @type {any} */ (globalThis)[eyes];
        const seen = visible(selector);
        for (const [n, element] of find(selector).entries()) {
          if (!seen[n]) hidden.push(element.outerHTML.slice(0, 100));
        }
        requestAnimationFrame(look);
      };
      Object.assign(globalThis, { hiddenInFrames: hidden });
      requestAnimationFrame(look);
    },
    EYES,
    after.never_hidden,
  );
}

/**
 * Turns the wheel over the middle of the window.
 * @param {Tab} tab
 */
async function wheelMoves(tab) {
  await tab.page.bringToFront();
  const middle = await tab.page.evaluate(() => [innerWidth / 2, innerHeight / 2]);
  const places = () =>
    tab.page.evaluate(([x = 0, y = 0]) => {
      const scrollers = [document.documentElement, ...document.elementsFromPoint(x, y)];
      for (let e = document.elementFromPoint(x, y); e; e = e.parentElement) scrollers.push(e);
      return scrollers.reduce((sum, { scrollTop }) => sum + scrollTop, scrollY);
    }, middle);
  await tab.page.mouse.move(middle[0] ?? 0, middle[1] ?? 0);
  const before = await places();
  await tab.page.mouse.wheel({ deltaY: 300 });
  return eventually(places, (now) => now !== before, 700).then(
    () => true,
    () => false,
  );
}

/** @param {number} time how long to look, in milliseconds */
async function countOurChanges(time) {
  const ours = /^[a-z]{12}$/;
  let changes = 0;
  const observer = new MutationObserver((records) => {
    for (const { attributeName, addedNodes, removedNodes } of records) {
      if (attributeName && ours.test(attributeName)) changes++;
      for (const node of [...addedNodes, ...removedNodes]) {
        const names = node instanceof Element ? node.getAttributeNames() : [];
        if (names.some((name) => ours.test(name))) changes++;
      }
    }
  });
  observer.observe(document, { attributes: true, childList: true, subtree: true });
  await new Promise((resolve) => setTimeout(resolve, time));
  observer.disconnect();
  return changes;
}
