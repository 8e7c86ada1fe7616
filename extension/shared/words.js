// The words of the extension's own pages, in the browser's language or in the one a person chose.
import { direction, LANGUAGES, tagOf } from './languages.js';
import { read } from './settings.js';

const FALLBACK = 'en';

/** @typedef {Record<string, { message: string, placeholders?: Record<string, { content: string }> }>} Messages */

/** What is said in the chosen language, then in English; null: the browser chooses. @type {Messages[] | null} */
let chosen = null;
let language = '';

/** Loads the words; everything else here needs it first. */
export async function speak() {
  language = (await read()).language;
  chosen = language === '' ? null : await load(language);
  const root = document.documentElement;
  root.lang = tagOf(language) || chrome.i18n.getUILanguage();
  root.dir = language === '' ? chrome.i18n.getMessage('@@bidi_dir') : direction(language);
}

/** @param {string} wanted @returns {Promise<Messages[]>} */
async function load(wanted) {
  return Promise.all([...new Set([wanted, FALLBACK])].map(file));
}

/** @param {string} folder @returns {Promise<Messages>} */
async function file(folder) {
  if (!LANGUAGES.includes(folder)) return {};
  const response = await fetch(chrome.runtime.getURL(`_locales/${folder}/messages.json`));
  return response.json();
}

/** @param {string} key @param {string[]} values @returns {string} */
export function text(key, ...values) {
  return chosen ? pick(chosen, key, values) : chrome.i18n.getMessage(key, values);
}

/** @param {Messages[]} among @param {string} key @param {string[]} values */
function pick(among, key, values) {
  for (const messages of among)
    if (Object.hasOwn(messages, key)) return fill(messages[key], values);
  return '';
}

/** @param {Messages[string]} entry @param {string[]} values */
function fill({ message, placeholders = {} }, values) {
  return message.replaceAll(/\$(\w+)\$|\$\$/g, (all, name) => {
    if (name === undefined) return '$';
    const content = placeholders[name.toLowerCase()]?.content;
    return content?.replaceAll(/\$(\d)/g, (_, n) => values[n - 1] ?? '') ?? all;
  });
}

/** The words of one prefix, for a place that cannot load them itself. @param {string} wanted @param {string} prefix */
export async function wordsOf(wanted, prefix) {
  const among = await load(wanted);
  const keys = among.flatMap(Object.keys).filter((key) => key.startsWith(prefix));
  return Object.fromEntries(keys.map((key) => [key, pick(among, key, [])]));
}

/** Speaks a language outside of pages, for which speak() loads the words. @param {string} wanted empty: the browser's */
export async function speaker(wanted) {
  const among = wanted === '' ? null : await load(wanted);
  return {
    locale: tagOf(wanted) || chrome.i18n.getUILanguage(),
    /** @param {string} key @param {string[]} values @returns {string} */
    text: (key, ...values) =>
      among ? pick(among, key, values) : chrome.i18n.getMessage(key, values),
  };
}

/** The language for dates, numbers and lists. */
export function locale() {
  return tagOf(language) || chrome.i18n.getUILanguage();
}

/** Fills every element that names its words. @param {ParentNode} [within] */
export function fillIn(within = document) {
  for (const element of within.querySelectorAll('[data-text]'))
    element.textContent = text(element.getAttribute('data-text') ?? '');
  for (const element of within.querySelectorAll('[data-label]'))
    element.setAttribute('aria-label', text(element.getAttribute('data-label') ?? ''));
}
