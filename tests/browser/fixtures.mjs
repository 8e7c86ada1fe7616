// The pages of tests/pages and what is expected of them; their labels are defined in RUBRIC.md there.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { ROOT } from './harness.mjs';

/**
 * @typedef {object} Expected
 * @property {string} title
 * @property {string} url
 * @property {string} [kind]
 * @property {string[]} gone
 * @property {string[]} kept
 * @property {boolean} [live]
 * @property {number} [wait_ms]
 * @property {string} [known_failure]
 * @property {Record<string, any>} [after]
 *
 * @typedef {Expected & { slug: string, file: string, html: string }} Fixture
 *
 * @typedef {object} PlainPage
 * @property {string} url
 * @property {object[]} elements
 * @property {{ e: number, t: string }[]} blocks
 *
 * @typedef {object} PlainVerdict
 * @property {string} kind
 * @property {object[]} blocks
 * @property {{ elements: number[], blocks: number[] }[]} folds
 */

const PAGES = `${ROOT}tests/pages`;
const BLOCKS = `${ROOT}tests/blocks`;
const TOOL = `${process.env.CARGO_TARGET_DIR ?? `${ROOT}target`}/release/fold-appeals`;

/** @returns {Fixture[]} */
export function fixtures() {
  const only = process.env.FIXTURES?.split(',');
  return readdirSync(PAGES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && (!only || only.includes(entry.name)))
    .map(({ name }) => fixture(name))
    .sort((a, b) => (a.slug < b.slug ? -1 : 1));
}

/**
 * @param {string} slug
 * @returns {Fixture}
 */
export function fixture(slug) {
  const folder = `${PAGES}/${slug}`;
  const file = `${folder}/page.html`;
  const expected = /** @type {any} */ (parse(readFileSync(`${folder}/expected.toml`, 'utf8')));
  return { gone: [], kept: [], ...expected, slug, file, html: readFileSync(file, 'utf8') };
}

/** @param {string[]} args @param {string} [input] */
function tool(args, input) {
  if (!existsSync(TOOL)) {
    throw new Error('build it first: cargo build --release --features cli --bin fold-appeals');
  }
  return execFileSync(TOOL, args, { encoding: 'utf8', input, maxBuffer: 1 << 28 });
}

/**
 * The labelled lines of tests/blocks as requests to `fold-appeals classify`, by language.
 * @returns {Map<string, { lang: string, blocks: { text: string }[] }[]>}
 */
export function blockCases() {
  const files = readdirSync(BLOCKS).filter((file) => file.endsWith('.toml'));
  return new Map(
    files.sort().map((file) => {
      const { case: cases } = /** @type {any} */ (parse(readFileSync(`${BLOCKS}/${file}`, 'utf8')));
      const lang = file.replace('.toml', '');
      return [
        lang,
        cases.map((/** @type {{ lines: [string, string][] }} */ { lines }) => ({
          lang,
          blocks: lines.map(([, text]) => ({ text })),
        })),
      ];
    }),
  );
}

/**
 * What the native command line tool answers to lines of text.
 * @param {{ lang: string, blocks: { text: string }[] }[]} requests
 * @returns {{ blocks: object[] }[]}
 */
export function nativeLines(requests) {
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  return tool(['classify'], input)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/**
 * What the native command line tool makes of a fixture.
 * @param {Fixture} fixture
 * @returns {{ page: PlainPage, verdict: PlainVerdict }}
 */
export function native({ file, url }) {
  return JSON.parse(tool(['explain', '--json', '--url', url, file]));
}

/**
 * A page that is known to fail must fail: a fix is noticed, and the mark removed.
 * @param {Fixture} fixture
 * @param {() => Promise<void>} check
 */
export async function checkKnown({ known_failure: reason }, check) {
  if (reason === undefined) return check();
  try {
    await check();
  } catch {
    return;
  }
  throw new Error(`passes now: remove known_failure = ${JSON.stringify(reason)}`);
}
