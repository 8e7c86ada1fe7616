// The words in each language: the same messages with the same placeholders as in English, each of them
// used and each that is used there. No browser needed.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

/** @typedef {{ message: string, description?: string, placeholders?: Record<string, { content: string }> }} Message */

const ROOT = new URL('../../', import.meta.url);
const EXPECTED = 'ar cs de en es fr he it ja ko nl pl pt_BR ru tr uk zh_CN'.split(' ');

/** @param {string} file */
const read = (file) => readFileSync(new URL(file, ROOT), 'utf8');

/** @param {string} language @returns {Record<string, Message>} */
const messagesOf = (language) => JSON.parse(read(`extension/_locales/${language}/messages.json`));

/** @param {string} text @param {RegExp} pattern with one group, and `g` */
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found = '']) => found);

/** @param {string[]} list */
const sorted = (list) => [...new Set(list)].sort();

/** @param {string} message the placeholders in it, each as often as it stands there */
const placeholders = (message) => all(message, /\$(\w+)\$/g).sort();

const LANGUAGES = readdirSync(new URL('extension/_locales/', ROOT)).sort();
const english = messagesOf('en');

test('the languages are those that were promised', () => {
  assert.deepEqual(LANGUAGES, EXPECTED);
});

for (const language of LANGUAGES)
  describe(language, () => {
    const messages = messagesOf(language);

    test('has the messages of English, in their order', () => {
      assert.deepEqual(Object.keys(messages), Object.keys(english));
    });

    test('says something in each, and nothing but the words', () => {
      for (const [key, entry] of Object.entries(messages)) {
        assert.ok(entry.message.trim() !== '', key);
        assert.equal(entry.message, entry.message.trim(), key);
        assert.equal('description' in entry, language === 'en', key);
      }
    });

    test('has the placeholders of English', () => {
      for (const [key, { message, placeholders: defined }] of Object.entries(messages)) {
        assert.deepEqual(defined, english[key]?.placeholders, key);
        assert.deepEqual(placeholders(message), placeholders(english[key]?.message ?? ''), key);
        const names = Object.keys(defined ?? {}).map((name) => name.toUpperCase());
        assert.deepEqual(sorted(placeholders(message)), names.sort(), key);
        // What stands for itself in no message cannot be mistaken for a placeholder.
        assert.doesNotMatch(message.replaceAll(/\$\w+\$/g, ''), /\$/, key);
      }
    });

    test('fits where stores and browsers show it', () => {
      assert.equal(messages.name?.message, 'Fold Appeals');
      assert.ok([...(messages.description?.message ?? '')].length <= 132);
    });
  });

describe('the code', () => {
  const files = readdirSync(new URL('extension/', ROOT), { recursive: true, encoding: 'utf8' })
    .map((file) => `extension/${file.replaceAll('\\', '/')}`)
    .filter((file) => !file.startsWith('extension/_locales/'));
  /** @param {RegExp} wanted */
  const texts = (wanted) => files.filter((file) => wanted.test(file)).map(read);
  const code = texts(/\.js$/).join('\n');

  /** Where a key begins like this, it is one of a family and not any other word. */
  const families = sorted(Object.keys(english).map((key) => `${key.split('_')[0]}_`));
  const literal = sorted([
    ...all(texts(/\.html$/).join('\n'), /\bdata-(?:text|label)="([^"]*)"/g),
    ...all(texts(/manifest\/\w+\.json$/).join('\n'), /__MSG_(\w+?)__/g),
    ...all(code, /\b(?:text|says|getMessage)\(\s*'(\w+)'/g),
    ...all(code, /'(\w+_\w+)'/g).filter((word) =>
      families.some((family) => word.startsWith(family) && word !== 'left_alone'),
    ),
  ]);

  /** Of the types that name what a page can be. @param {string} name */
  const union = (name) => {
    const [, values = ''] =
      new RegExp(`^type ${name} =([^;]+);`, 'm').exec(read('extension/types.d.ts')) ?? [];
    return all(values, /'(\w+)'/g);
  };
  const reasons = /const REASONS[^=]*= \[([\s\S]*?)\n\];/.exec(read('src/verdict.rs'))?.[1] ?? '';
  const stores = all(
    /const STORES = \[([\s\S]*?)\];/.exec(read('extension/options/kept.js'))?.[1] ?? '',
    /\['(\w+)'/g,
  );
  const lines = /const state = (fold\.wrong[^;]+);/.exec(read('extension/content/placeholder.js'));

  /** How keys are put together, with all that can stand in each. @type {Record<string, string[]>} */
  const COMPOSED = {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the code, quoted
    'reason_${key}': all(reasons, /\("(\w+)"/g),
    'state_${report.state}': union('PageState').filter((s) => !/^(working|left_alone)$/.test(s)),
    'left_alone_${report.kind}': union('PageKind').filter(
      (kind) => !/^(article|other)$/.test(kind),
    ),
    'line_${state}': all(lines?.[1] ?? '', /'(\w+)'/g),
    "menu_${id.replace('-', '_')}": all(read('extension/background/menu.js'), /\['([\w-]+)', \[/g),
    'options_${name}': stores,
    'options_${name}_about': stores,
    'options_clear_${name}': stores,
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: the code, quoted
  };
  const composed = Object.entries(COMPOSED).flatMap(([template, parts]) =>
    parts.map((part) => template.replace(/\$\{[^}]*\}/, part.replace('-', '_'))),
  );

  test('puts keys together only in the known ways', () => {
    const found = all(code, /`(\w+_\$\{[^`]*)`/g);
    assert.deepEqual(sorted(found), Object.keys(COMPOSED).sort());
    for (const [template, parts] of Object.entries(COMPOSED)) assert.ok(parts.length > 0, template);
  });

  test('uses no message that is not there', () => {
    assert.deepEqual(
      [...literal, ...composed].filter((key) => !Object.hasOwn(english, key)),
      [],
    );
  });

  test('uses each message', () => {
    const used = new Set([...literal, ...composed]);
    assert.deepEqual(
      Object.keys(english).filter((key) => !used.has(key)),
      [],
    );
  });
});
