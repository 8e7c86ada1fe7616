// The folders of _locales. A test compares.
export const LANGUAGES = 'ar cs de en es fr he it ja ko nl pl pt_BR ru tr uk zh_CN'.split(' ');

/** @param {string} language a folder of _locales */
export function direction(language) {
  return /^(?:ar|fa|he|ur)/.test(language) ? 'rtl' : 'ltr';
}

/** @param {string} language a folder of _locales @returns {string} as `lang` attributes name it */
export function tagOf(language) {
  return language.replace('_', '-');
}
