// The wasm gives the same verdicts as the native core, number by number.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { blockCases, fixtures, native, nativeLines } from './fixtures.mjs';
import { extensionFolder } from './harness.mjs';
import { pageOfLines, rounded } from './verdicts.mjs';

const FILES = ['fold_appeals.js', 'fold_appeals_bg.wasm'];

/** @param {'chrome' | 'firefox'} kind */
function core(kind) {
  return FILES.map((file) => `${extensionFolder(kind)}/core/${file}`);
}

describe('wasm in Node', () => {
  const [glue = '', wasm = ''] = core('chrome');
  /** @type {(page: unknown) => unknown} */
  let classify;

  before(async () => {
    const module = await import(pathToFileURL(glue).href);
    module.initSync({ module: readFileSync(wasm) });
    classify = module.classify;
  });

  for (const fixture of fixtures()) {
    test(fixture.slug, () => {
      const { page, verdict } = native(fixture);
      assert.deepEqual(rounded(classify(page)), rounded(verdict));
    });
  }

  for (const [lang, requests] of blockCases()) {
    test(`lines in ${lang}`, () => {
      const expected = nativeLines(requests).map(({ blocks }) => rounded(blocks));
      assert.deepEqual(
        requests.map((request) => rounded(classify(pageOfLines(request))).blocks),
        expected,
      );
    });
  }

  test('what is not a page is refused, and the next page is judged', () => {
    const page = {
      url: '',
      lang: '',
      title: '',
      og: '',
      elements: [{ p: -1, t: 'body' }],
      blocks: [],
    };
    const wrongParent = { ...page, elements: [{ p: 5, t: 'body' }] };
    const wrongOwner = { ...page, blocks: [{ e: 3, t: 'text' }] };
    for (const wrong of [null, 7, 'page', wrongParent, wrongOwner]) {
      assert.throws(() => classify(wrong), undefined);
    }
    assert.ok(classify(page));
  });

  test('both packages hold the same core', () => {
    const [chrome, firefox] = /** @type {const} */ (['chrome', 'firefox']).map((kind) =>
      core(kind).map((file) => readFileSync(file)),
    );
    assert.deepEqual(chrome, firefox);
  });
});
