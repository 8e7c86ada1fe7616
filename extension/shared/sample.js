// An invented article on which the real core shows what it does. Its appeals are of three strengths:
// one beyond doubt, one very likely, one probable. It stays in English, which the core reads.
import { judge } from '../background/core.js';
import { make } from './dom.js';
import { text } from './words.js';

const TITLE = 'Ferry to the islands will sail again from Monday';
const PAPER = 'The Harbour Post';

/** How plain an appeal is: 1 beyond doubt, 2 very likely, 3 probable. @typedef {1 | 2 | 3} Grade */

/** @type {(string | { grade: Grade, appeal: string[] })[]} */
const ARTICLE = [
  'The ferry to the outer islands returns on Monday, five weeks after a broken propeller shaft put the Astrid in dry dock at Holm, the harbour office said on Thursday.',
  { grade: 2, appeal: ['Join us as a member today.'] },
  'The first crossing leaves at 6.40 in the morning. Tickets bought in October stay valid, and freight bookings open again on Friday at noon.',
  '“We have counted every egg on this island twice,” said Marta Lund, who runs the only shop on Great Sker. A fishing boat had brought her bread and the post three times a week.',
  {
    grade: 1,
    appeal: [
      'Dear reader, since you are here: The Harbour Post has no owner and no paywall. Please support our journalism from $3 a month. Every contribution, big or small, keeps us independent.',
      'Support us',
      'Not now',
    ],
  },
  'The shaft had been due for inspection in spring. The company will pay for the repair, about 240,000 crowns, and the county has asked why the spare part had to come from Rotterdam.',
  { grade: 3, appeal: ['Support us.'] },
  'A second ship is to join the route next year. Until then, the timetable keeps a gap on Tuesdays for maintenance.',
];

/** The article without appeals that are less plain than wanted. @param {Grade} grade */
const upTo = (grade) => ARTICLE.filter((part) => typeof part === 'string' || part.grade <= grade);

/** Fills an element with the article. @param {HTMLElement} root @param {Grade} [grade] */
export function write(root, grade = 3) {
  root.lang = 'en';
  root.dir = 'ltr';
  root.replaceChildren(element('h3', TITLE), ...upTo(grade).map(part));
}

/** @param {keyof HTMLElementTagNameMap} tag @param {string} [content] */
const element = (tag, content = '') => /** @type {HTMLElement} */ (make(tag, {}, content));

/** @param {typeof ARTICLE[number]} part */
function part(part) {
  if (typeof part === 'string') return element('p', part);
  const [first = '', ...buttons] = part.appeal;
  if (buttons.length === 0) {
    const single = element('p', first);
    single.className = 'appeal';
    return single;
  }
  const box = element('aside');
  // Nothing here can be pressed: in the article they would be buttons.
  box.append(element('p', first), ...buttons.map((label) => element('p', label)));
  return box;
}

/** The article as the content script would tell it. @param {Grade} grade @returns {Page} */
function page(grade) {
  /** @type {PageElement[]} */
  const elements = [
    { p: -1, t: 'body' },
    { p: 0, t: 'article' },
  ];
  /** @type {PageBlock[]} */
  const blocks = [];
  /** @param {number} p @param {string} t @param {string} [words] */
  const add = (p, t, words) => {
    const e = elements.push({ p, t }) - 1;
    if (words) blocks.push({ e, t: words, ...(t === 'button' && { b: words.length }) });
    return e;
  };
  add(1, 'h1', TITLE);
  for (const part of upTo(grade)) {
    if (typeof part === 'string') add(1, 'p', part);
    else if (part.appeal.length === 1) add(1, 'p', part.appeal[0]);
    else {
      const box = add(1, 'aside');
      for (const [n, words] of part.appeal.entries()) add(box, n === 0 ? 'p' : 'button', words);
    }
  }
  const url = 'https://harbour-post.example/2026/11/ferry';
  return { url, lang: 'en', title: `${TITLE} | ${PAPER}`, og: 'article', elements, blocks };
}

/**
 * Folds the article as a page would be folded.
 * @param {HTMLElement} root
 * @param {Pick<Settings, 'certainty' | 'line'>} settings
 * @param {Grade} [grade]
 * @returns {Promise<number>} how many appeals were folded
 */
export async function fold(root, { certainty, line }, grade = 3) {
  const { folds } = await judge(page(grade), certainty);
  write(root, grade);
  // Every block stands in a child of the article, in the same order.
  const owners = [...root.children].flatMap((child) =>
    child.children.length > 0 ? [...child.children].map(() => child) : [child],
  );
  for (const { blocks } of folds) {
    const parts = [...new Set(blocks.map((n) => /** @type {HTMLElement} */ (owners[n])))];
    for (const one of parts) one.hidden = true;
    if (line) parts[0].before(makeLine(parts));
  }
  return folds.length;
}

/** @param {HTMLElement[]} parts what it shows */
function makeLine(parts) {
  const line = element('div');
  line.className = 'line';
  line.lang = document.documentElement.lang;
  line.dir = document.documentElement.dir;
  const show = make('button', { type: 'button' }, text('line_show'));
  show.addEventListener('click', () => {
    for (const one of parts) one.hidden = false;
    line.remove();
  });
  line.append(element('span', text('line_text')), show);
  return line;
}
