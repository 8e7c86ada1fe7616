// docs/REVIEWERS.md: every file of the packages is the one in extension/, or is listed as made of others.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { extensionFolder, KINDS, ROOT } from './harness.mjs';

/** @param {string} folder */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1))
    .sort();
}

const page = readFileSync(`${ROOT}docs/REVIEWERS.md`, 'utf8');
const [, table = ''] = /<!-- generated -->(.*)<!-- \/generated -->/s.exec(page) ?? [];
/** Files that are made of others, as patterns. */
const made = [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);

/** @param {string} pattern @param {string} file */
function matches(pattern, file) {
  const [start = '', end = ''] = pattern.split('*');
  return pattern.includes('*') ? file.startsWith(start) && file.endsWith(end) : file === pattern;
}

for (const kind of KINDS) {
  describe(kind, () => {
    const folder = extensionFolder(kind);
    const files = filesIn(folder);

    test('what is not listed is unchanged', () => {
      const listed = (/** @type {string} */ file) => made.some((one) => matches(one, file));
      for (const file of files.filter((one) => !listed(one))) {
        const source = `${ROOT}extension/${file}`;
        assert.ok(existsSync(source), `${file} is neither in extension/ nor listed`);
        assert.ok(readFileSync(source).equals(readFileSync(`${folder}/${file}`)), file);
      }
    });

    test('what is listed is there', () => {
      assert.ok(made.length > 0);
      for (const pattern of made)
        assert.ok(
          files.some((file) => matches(pattern, file)),
          pattern,
        );
    });

    test('content.js is the content scripts, one after the other', () => {
      const manifest = JSON.parse(readFileSync(`${ROOT}extension/manifest/base.json`, 'utf8'));
      const [{ js }] = manifest.content_scripts;
      const parts = js.map((/** @type {string} */ file) => {
        const source = readFileSync(`${ROOT}extension/${file}`, 'utf8').trimEnd();
        return `// extension/${file}\n${source}\n`;
      });
      const whole = `(() => {\n${parts.join('')}})();\n`;
      assert.equal(readFileSync(`${folder}/content.js`, 'utf8'), whole);
    });
  });
}
