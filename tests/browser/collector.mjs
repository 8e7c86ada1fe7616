// The content scripts share one scope; as one function the collector also runs in a plain page.

import { readFileSync } from 'node:fs';
import { EYES } from './eyes.mjs';
import { ROOT } from './harness.mjs';

const scripts = JSON.parse(readFileSync(`${ROOT}extension/manifest/base.json`, 'utf8'))
  .content_scripts[0].js;

/** Evaluates to the Page that the collector makes, and the document's numbers of its elements. */
export const COLLECTOR = `(() => {
  ${scripts
    .slice(0, scripts.indexOf('content/collect.js') + 1)
    .map(source)
    .join('')}
  const collector = new Collector(document);
  collector.run(Infinity);
  return {
    page: collector.page(),
    numbers: globalThis.${EYES}?.numbersOf(collector.nodes) ?? [],
  };
})()`;

/** @param {string} file */
function source(file) {
  return readFileSync(`${ROOT}extension/${file}`, 'utf8');
}
