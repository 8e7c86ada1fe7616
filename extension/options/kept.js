// What is kept on this device besides the settings: each kind with its clear.
import * as corrections from '../background/corrections.js';
import * as memory from '../background/memory.js';
import { clearStatistics, statistics } from '../background/statistics.js';
import { byId, make } from '../shared/dom.js';
import { locale, text } from '../shared/words.js';
import { saved } from './say.js';

const MOST = 200;

/** @typedef {{ summary: () => Promise<Record<string, number>>, clearSite: (site: string) => Promise<unknown>, clearAll: () => Promise<unknown> }} Store */

/** By the last part of their messages' names. @type {[string, Store][]} */
const STORES = [
  ['kept', memory],
  ['mine', corrections],
];

/** @param {number} count */
const number = (count) => new Intl.NumberFormat(locale()).format(count);

/** @param {string} name @param {Store} store */
async function drawStore(name, store) {
  const sites = Object.entries(await store.summary()).sort(([a], [b]) => (a < b ? -1 : 1));
  const total = sites.reduce((sum, [, count]) => sum + count, 0);
  const old = byId(`kept-${name}`);
  const clear = make('button', { type: 'button', id: `clear-${name}` }, text('options_clear'));
  clear.setAttribute('aria-label', text(`options_clear_${name}`));
  clear.disabled = total === 0;
  clear.addEventListener('click', () => cleared(store.clearAll()));
  const state =
    total > 0
      ? text('options_kept_total', number(total), number(sites.length))
      : text('options_kept_none');
  const words = make(
    'div',
    {},
    make('h3', {}, text(`options_${name}`)),
    make('p', { className: 'quiet' }, text(`options_${name}_about`)),
    make('p', { className: 'quiet count' }, state),
  );
  const row = make('div', { className: 'row wide', id: `kept-${name}` }, words, clear);
  if (total > 0) {
    const open = old?.querySelector('details')?.open ?? false;
    row.append(bySite(sites.slice(0, MOST), store, open));
  }
  if (old) old.replaceWith(row);
  else byId('kept').append(row);
}

/** @param {[string, number][]} sites @param {Store} store @param {boolean} open */
function bySite(sites, store, open) {
  const rows = sites.map(([site, count]) => {
    const clear = make('button', { type: 'button', className: 'plain' }, text('options_clear'));
    clear.setAttribute('aria-label', text('options_clear_site', site));
    clear.addEventListener('click', () => cleared(store.clearSite(site)));
    const amount = make('span', { className: 'quiet' }, number(count));
    const name = make('span', { className: 'host' }, make('bdi', {}, site));
    return make('li', {}, name, amount, clear);
  });
  return make(
    'details',
    { open },
    make('summary', {}, text('options_kept_sites')),
    make('ul', { className: 'sites' }, ...rows),
  );
}

/** @param {Promise<unknown>} work */
async function cleared(work) {
  await work;
  saved();
}

/** What else is kept goes. */
export async function clearKept() {
  await Promise.all([clearStatistics(), ...STORES.map(([, store]) => store.clearAll())]);
}

export async function drawKept() {
  const counted = await statistics();
  const date = new Intl.DateTimeFormat(locale(), { dateStyle: 'long' });
  byId('stats').textContent = counted
    ? text('options_stats_folded', date.format(counted.since), number(counted.folded))
    : text('options_stats_none');
  /** @type {HTMLButtonElement} */ (byId('clear-stats')).disabled = !counted;
  for (const [name, store] of STORES) await drawStore(name, store);
}

export function followKept() {
  byId('clear-stats').addEventListener('click', () => cleared(clearStatistics()));
}
