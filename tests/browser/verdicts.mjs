// What the tests of the core in several engines share.

/**
 * The core's numbers have single precision; JSON writes them shorter than JavaScript sees them.
 * @param {unknown} verdict
 */
export function rounded(verdict) {
  const single = (/** @type {string} */ _key, /** @type {unknown} */ value) =>
    typeof value === 'number' ? Math.fround(value) : value;
  return JSON.parse(JSON.stringify(verdict, single));
}

/**
 * The same page as the native front end for text makes.
 * @param {{ lang: string, blocks: { text: string }[] }} request
 */
export function pageOfLines({ lang, blocks }) {
  return {
    url: '',
    lang,
    title: '',
    og: '',
    excerpt: true,
    elements: [{ p: -1, t: 'body' }, ...blocks.map(() => ({ p: 0, t: 'p' }))],
    blocks: blocks.map(({ text }, n) => ({ e: n + 1, t: text })),
  };
}
