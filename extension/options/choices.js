// Choices of one among a few, and switches.
import { byId, input, make } from '../shared/dom.js';
import { LANGUAGES, tagOf } from '../shared/languages.js';
import { change } from '../shared/settings.js';
import { saved } from './say.js';

/** @typedef {'certainty' | 'line' | 'mode'} Choice */

/** Each value with its words; a second message says what it means. @type {Record<Choice, [unknown, string, string?][]>} */
const CHOICES = {
  certainty: [
    ['careful', 'options_certainty_careful', 'options_certainty_careful_means'],
    ['balanced', 'options_certainty_balanced', 'options_certainty_balanced_means'],
    ['bold', 'options_certainty_bold', 'options_certainty_bold_means'],
  ],
  line: [
    [true, 'options_line_yes', 'options_line_yes_means'],
    [false, 'options_line_no', 'options_line_no_means'],
  ],
  mode: [
    ['except', 'options_mode_except'],
    ['only', 'options_mode_only'],
  ],
};

/** @param {Choice} name */
function build(name) {
  const rows = CHOICES[name].map(([value, title, means]) => {
    const radio = make('input', { type: 'radio', name, value: String(value) });
    radio.addEventListener('change', () => set({ [name]: value }));
    const words = make('span', {}, word('span', title));
    if (means) words.append(word('span', means, 'quiet means'));
    return make('label', { className: 'choice' }, radio, words);
  });
  byId(name).replaceChildren(...rows);
}

/** @param {'span' | 'option'} tag @param {string} key @param {string} [className] */
function word(tag, key, className = '') {
  const element = make(tag, { className });
  element.dataset.text = key;
  return element;
}

/** @param {Partial<Settings>} part */
async function set(part) {
  if (await change((settings) => Object.assign(settings, part))) saved();
}

export function buildChoices() {
  for (const name of /** @type {Choice[]} */ (Object.keys(CHOICES))) build(name);
  input('pause').addEventListener('change', () => set({ enabled: !input('pause').checked }));
  input('badge').addEventListener('change', () => set({ badge: input('badge').checked }));
  input('sync').addEventListener('change', () => set({ sync: input('sync').checked }));
  const names = LANGUAGES.map((language) => {
    const lang = tagOf(language);
    // Named after its letters, not after a country.
    const known = lang === 'zh-CN' ? 'zh-Hans' : lang;
    const name = new Intl.DisplayNames(lang, { type: 'language' }).of(known) ?? language;
    return make('option', { value: language, lang, textContent: name });
  });
  byId('language').replaceChildren(word('option', 'options_language_browser'), ...names);
  byId('language').querySelector('option')?.setAttribute('value', '');
  byId('language').addEventListener('change', () => set({ language: input('language').value }));
}

/** @param {Settings} settings */
export function drawChoices(settings) {
  for (const name of /** @type {Choice[]} */ (Object.keys(CHOICES)))
    for (const radio of byId(name).querySelectorAll('input'))
      radio.checked = radio.value === String(settings[name]);
  input('pause').checked = !settings.enabled;
  input('badge').checked = settings.badge;
  input('sync').checked = settings.sync;
  input('language').value = settings.language;
}
