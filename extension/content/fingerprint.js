// A short name for a text: the same copy gets the same name although a date, a counter or the
// spacing changed.

/** @param {string} text */
function normalise(text) {
  return text.replace(/\s+/g, '').replace(/[0-9]+/g, '0');
}

/** How long a text is once normalised; known without making it. @param {string} text */
function normalLength(text) {
  let length = 0;
  let number = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c > 47 && c < 58) {
      if (!number) length++;
      number = true;
    } else if (!isSpace(c)) {
      length++;
      number = false;
    }
  }
  return length;
}

/** What \s means. @param {number} c */
function isSpace(c) {
  if (c < 0xa0) return c === 32 || (c > 8 && c < 14);
  if (c < 0x2000) return c === 0xa0 || c === 0x1680;
  if (c > 0x3000) return c === 0xfeff;
  return c < 0x200b || c === 0x2028 || c === 0x2029 || c === 0x202f || c === 0x205f || c === 0x3000;
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
