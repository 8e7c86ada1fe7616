// What is shipped: no more permissions than recorded in tests/store, nothing a page could reach, no
// code that makes code or markup from text. `cargo xtask test` compares the packages with the folders.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { extensionFolder, KINDS, ROOT } from './harness.mjs';

// Whatever decides what the extension may do. A change here is a change of the promise to readers.
const PROMISED = [
  'permissions',
  'optional_permissions',
  'host_permissions',
  'optional_host_permissions',
  'content_security_policy',
  'web_accessible_resources',
  'externally_connectable',
  'minimum_chrome_version',
  'browser_specific_settings',
];

const FORBIDDEN =
  /\binnerHTML\s*=|\bouterHTML\s*=|\binsertAdjacentHTML\b|\bdocument\.write\b|\beval\s*\(|\bnew Function\b|\bimportScripts\b/;
const REMOTE = /\b(fetch|import|open|src|href)\b[^\n]{0,20}['"`](https?:)?\/\//;

for (const kind of KINDS) {
  describe(kind, () => {
    const folder = extensionFolder(kind);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1))
      .sort();

    test('permissions and policies are as recorded', () => {
      const manifest = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8'));
      const recorded = JSON.parse(readFileSync(`${ROOT}tests/store/${kind}.json`, 'utf8'));
      const promised = Object.fromEntries(
        PROMISED.filter((key) => key in manifest).map((key) => [key, manifest[key]]),
      );
      assert.deepEqual(promised, recorded);
    });

    test('every file named by the manifest is there', () => {
      const manifest = readFileSync(`${folder}/manifest.json`, 'utf8');
      const named = manifest.match(/[\w/-]+\.(js|css|html|png|svg)\b/g) ?? [];
      assert.deepEqual(
        named.filter((file) => !files.includes(file)),
        [],
      );
    });

    test('no code is made from text, nothing is loaded from elsewhere', () => {
      for (const file of files.filter((name) => /\.(js|html|css)$/.test(name))) {
        const text = readFileSync(`${folder}/${file}`, 'utf8');
        assert.doesNotMatch(text, FORBIDDEN, file);
        assert.doesNotMatch(text, REMOTE, file);
      }
    });
  });
}
