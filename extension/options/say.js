// What the settings page says to the person: a word at the foot of the page, and a question.
import { byId } from '../shared/dom.js';
import { text } from '../shared/words.js';

const TIME = 3_000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {string} words */
export function say(words) {
  clearTimeout(timer);
  byId('said').textContent = words;
  timer = setTimeout(() => {
    byId('said').textContent = '';
  }, TIME);
}

export function saved() {
  say(text('options_saved'));
}

/** @param {string} question @param {string} yes @returns {Promise<boolean>} */
export function sure(question, yes) {
  /** @type {HTMLDialogElement} */
  const dialog = byId('sure');
  byId('sure-text').textContent = question;
  byId('sure-yes').textContent = yes;
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
