// The folders of _locales. A test compares.
export const LANGUAGES = ['en'];

/** @param {string} language a folder of _locales */
export function direction(language) {
  return /^(?:ar|fa|he|ur)/.test(language) ? 'rtl' : 'ltr';
}

/** @param {string} language a folder of _locales @returns {string} as `lang` attributes name it */
export function tagOf(language) {
  return language.replace('_', '-');
}
