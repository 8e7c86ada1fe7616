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

/** @param {Page} page @returns {Promise<Verdict>} */
export async function judge(page) {
  await load();
  return /** @type {Verdict} */ (classify(page));
}
