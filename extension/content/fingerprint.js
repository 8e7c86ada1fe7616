// A short name for a text: the same copy gets the same name although a date, a counter or the
// spacing changed.

/** @param {string} text */
function normalise(text) {
  return text.replace(/\s+/g, '').replace(/[0-9]+/g, '0');
}

/** A 53-bit hash in base 36 (two rounds of multiply and mix). @param {string} text */
function hash(text) {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x9e3779b1);
    b = Math.imul(b ^ c, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return ((b & 0x1fffff) * 0x1_0000_0000 + (a >>> 0)).toString(36);
}

/** @param {string} normalised */
function fingerprint(normalised) {
  return `${normalised.length}.${hash(normalised)}`;
}
