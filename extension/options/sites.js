// The list of sites with a choice of their own.
import { byId, input, make } from '../shared/dom.js';
import { change, choose, read, siteTyped } from '../shared/settings.js';
import { text } from '../shared/words.js';
import { saved } from './say.js';

const MOST = 200;

/** @param {Settings} settings */
export function drawSites({ sites }) {
  const search = input('site-search').value.trim().toLowerCase();
  const all = Object.keys(sites).sort();
  const found = all.filter((host) => host.includes(search));
  byId('site-search-field').hidden = all.length === 0;
  byId('site-none').textContent =
    found.length > 0 ? '' : text(all.length > 0 ? 'options_sites_no_match' : 'options_sites_none');
  byId('site-more').textContent =
    found.length > MOST ? text('options_sites_more', String(MOST), String(found.length)) : '';
  const focused = document.activeElement?.closest('li')?.dataset.site;
  const kind = document.activeElement?.tagName.toLowerCase();
  const rows = found.slice(0, MOST).map((host) => row(host, sites[host]));
  byId('site-list').hidden = rows.length === 0;
  byId('site-list').replaceChildren(...rows);
  // Drawing anew must not take the focus away.
  const again = rows.find((one) => one.dataset.site === focused);
  /** @type {HTMLElement | null | undefined} */
  const control = again?.querySelector(kind ?? 'input');
  control?.focus();
}

/** @param {string} host @param {boolean} on */
function row(host, on) {
  const toggle = make('input', { type: 'checkbox', checked: on });
  toggle.setAttribute('role', 'switch');
  toggle.setAttribute('aria-label', text('options_site_switch', host));
  toggle.addEventListener('change', () =>
    edit((settings) => {
      settings.sites[host] = toggle.checked;
    }),
  );
  const remove = make(
    'button',
    { type: 'button', className: 'plain' },
    text('options_site_remove'),
  );
  remove.setAttribute('aria-label', text('options_site_remove_label', host));
  remove.addEventListener('click', async () => {
    const next = item.nextElementSibling ?? item.previousElementSibling;
    // The row goes: the focus moves on to its neighbour.
    /** @type {HTMLElement | null | undefined} */ (next?.querySelector('button'))?.focus();
    await edit((settings) => {
      delete settings.sites[host];
    });
    if (!next) input('site-add').focus();
  });
  const state = text(on ? 'options_site_on' : 'options_site_off');
  const name = make('span', { className: 'host' }, make('bdi', {}, host));
  const item = make('li', {}, name, make('span', { className: 'quiet' }, state));
  item.append(toggle, remove);
  item.dataset.site = host;
  return item;
}

/** @param {(settings: Settings) => void} work */
async function edit(work) {
  if (await change(work)) saved();
}

export function followSites() {
  input('site-search').addEventListener('input', async () => drawSites(await read()));
  byId('site-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const field = input('site-add');
    const site = siteTyped(field.value);
    byId('site-bad').textContent = site ? '' : text('options_site_bad', field.value.trim());
    field.setAttribute('aria-invalid', String(!site));
    if (!site) return;
    field.value = '';
    input('site-search').value = '';
    // Where all sites fold, a site is added to be left alone; where none does, to be picked.
    await edit((settings) => {
      choose(settings, site, settings.mode === 'only');
    });
  });
}
