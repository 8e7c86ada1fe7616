// Fingerprints as content/fingerprint.js makes them: length and hash of a text, and for those that
// fold an element how many wrappers it has inside.

/** Only what is a fingerprint. @param {unknown} list @returns {string[]} */
export function listOf(list) {
  if (!Array.isArray(list)) return [];
  return list.filter(
    (p) => typeof p === 'string' && /^[0-9]{1,6}\.[0-9a-z]{1,12}(?:\.[0-9]{1,2})?$/.test(p),
  );
}

/** The part that names the text. @param {string} print */
export function plain(print) {
  return print.split('.', 2).join('.');
}
