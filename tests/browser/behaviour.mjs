// The `[after]` table of a fixture: how the page must behave once the appeal is folded, tested by use.

import assert from 'node:assert/strict';

/** @typedef {import('./tab.mjs').Tab} Tab */
/** @typedef {import('./fixtures.mjs').Fixture} Fixture */

/**
 * @param {Tab} _tab
 * @param {Fixture} fixture
 */
export async function checkBehaviour(_tab, { after = {} }) {
  assert.ok(after);
}
