// What the popup says, for a terminal: the same sentences, from the same file.

import { readFileSync } from 'node:fs';
import { ROOT } from './harness.mjs';

/** @type {Record<string, { message: string }>} */
const MESSAGES = JSON.parse(readFileSync(`${ROOT}extension/_locales/en/messages.json`, 'utf8'));

/** @param {string} key */
function message(key) {
  return MESSAGES[key]?.message ?? key;
}

/** @param {{ state: string, kind: string, folds: any[] }} report */
export function describeReport({ state, kind, folds }) {
  if (state === 'left_alone') return message(`left_alone_${kind}`);
  if (folds.length === 0) return message(`state_${state}`);
  const count = folds.length === 1 ? '1 appeal' : `${folds.length} appeals`;
  return [`${count} folded`, ...folds.map(describeFold)].join('\n\n');
}

/** @param {{ text: string, overlay: boolean, reasons: { key: string, cues: string[] }[] }} fold */
function describeFold({ text, overlay, reasons }) {
  const lines = text.split('\n').map((line) => `  | ${shortened(line)}`);
  const why = reasons.map(({ key, cues }) => {
    const quoted = cues.slice(0, 3).map((cue) => `“${cue}”`);
    return `  - ${message(`reason_${key}`)}${quoted.length > 0 ? `: ${quoted.join(', ')}` : ''}`;
  });
  return [...lines, overlay ? '  Taken away, because:' : '  Folded, because:', ...why].join('\n');
}

/** @param {string} line */
function shortened(line) {
  const letters = [...line];
  return letters.length > 96 ? `${letters.slice(0, 95).join('')}…` : line;
}
