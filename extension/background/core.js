// The Rust core. Everything here can be built again after the worker was stopped.
import init, { classify, warm } from '../core/fold_appeals.js';

/** @type {Promise<unknown> | undefined} */
let ready;

/** Loads the core once; a failed load is tried again by the next message. */
export function load() {
  ready ??= init({ module_or_path: chrome.runtime.getURL('core/fold_appeals_bg.wasm') }).then(
    () => warm(),
    (error) => {
      ready = undefined;
      throw error;
    },
  );
  return ready;
}

/** The probability from which a line counts as an appeal; balanced: the shipped one. */
const CERTAINTIES = { careful: 0.99, balanced: undefined, bold: 0.75 };

/** @param {Page} page @param {Certainty} certainty @returns {Promise<Verdict>} */
export async function judge(page, certainty) {
  await load();
  return /** @type {Verdict} */ (classify(page, CERTAINTIES[certainty]));
}
