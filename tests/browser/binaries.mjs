// Finds the browsers. xtask/src/setup.rs looks for the same names and the same variables.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = {
  chrome: ['chromium', 'chromium-browser', 'google-chrome', 'chrome'],
  firefox: ['firefox-esr', 'firefox'],
};
const VARIABLES = { chrome: 'CHROMIUM', firefox: 'FIREFOX' };

/**
 * @param {'chrome' | 'firefox'} kind
 * @returns {string} the path of the browser's binary
 */
export function findBrowser(kind) {
  const named = process.env[VARIABLES[kind]];
  if (named) return named;
  for (const name of NAMES[kind]) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here; the next folder may have it.
      }
    }
  }
  throw new Error(`none of ${NAMES[kind].join(', ')} is on the PATH; set ${VARIABLES[kind]}`);
}
