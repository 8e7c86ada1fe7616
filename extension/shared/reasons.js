// Why something was folded, in one sentence: the popup and the line in the page say the same.

/** The core names the plainest reasons first; more would not be read. */
const MOST = 4;

/**
 * @param {Reason[]} reasons
 * @param {boolean} byHand
 * @param {(key: string, ...values: string[]) => string} text
 * @param {string} [locale] of the list; default: the browser's
 */
export function because(reasons, byHand, text, locale) {
  if (byHand) return text('popup_by_hand');
  const said = reasons.map(({ key }) => text(`reason_${key}`)).filter(Boolean);
  const list = said.slice(0, MOST);
  if (list.length === 0) return '';
  return text('popup_because', new Intl.ListFormat(locale).format(list));
}
