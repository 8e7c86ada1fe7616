// One appeal in the popup's list: its words, the reasons, and what can be done with it.
import { make } from '../shared/dom.js';
import { locale, text } from '../shared/words.js';

/** The core names the plainest reasons first. */
const MOST = 4;

/** @param {FoldReport} fold */
function why({ reasons, byHand }) {
  if (byHand) return text('popup_by_hand');
  const said = reasons
    .slice(0, MOST)
    .map(({ key }) => text(`reason_${key}`))
    .filter(Boolean);
  return said.length > 0 ? text('popup_because', new Intl.ListFormat(locale()).format(said)) : '';
}

/**
 * @param {FoldReport} fold
 * @param {(message: ToPage) => Promise<void>} act
 */
export function item(fold, act) {
  const { id, shown } = fold;
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
  const wrong = button('wrong', 'popup_not_appeal', { type: 'not-appeal', id });
  return make(
    'li',
    { className: 'card' },
    make('p', { className: 'text', dir: 'auto' }, fold.text),
    make('p', { className: 'why quiet' }, why(fold)),
    make('div', { className: 'actions' }, toggle, wrong),
  );
}
