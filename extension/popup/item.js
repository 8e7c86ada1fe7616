// One appeal in the popup's list: its words, the reasons, and what can be done with it.
import { make } from '../shared/dom.js';
import { because } from '../shared/reasons.js';
import { locale, text } from '../shared/words.js';

/**
 * @param {FoldReport} fold
 * @param {(message: ToPage) => Promise<void>} act
 */
export function item(fold, act) {
  const { id, shown, reasons, byHand } = fold;
  /** @param {string} action @param {string} key @param {ToPage} message */
  const button = (action, key, message) => {
    const made = make('button', { type: 'button', className: 'plain' }, text(key));
    made.dataset.action = action;
    made.addEventListener('click', () => act(message));
    return made;
  };
  const toggle = shown
    ? button('toggle', 'popup_hide', { type: 'hide', id })
    : button('toggle', 'popup_show', { type: 'show', id });
  const wrong = button('wrong', byHand ? 'line_not_mine' : 'popup_not_appeal', {
    type: 'not-appeal',
    id,
  });
  return make(
    'li',
    { className: 'card' },
    make('p', { className: 'text', dir: 'auto' }, fold.text),
    make('p', { className: 'why quiet' }, because(reasons, byHand, text, locale())),
    make('div', { className: 'actions' }, toggle, wrong),
  );
}
