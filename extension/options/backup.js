// Copies of the settings: files, and the browser's synchronisation; and the way back to the start.
import { syncState } from '../background/sync.js';
import { byId, input, make } from '../shared/dom.js';
import { change, defaults, exported, imported, LARGEST_FILE, read } from '../shared/settings.js';
import { locale, text } from '../shared/words.js';
import { clearKept } from './kept.js';
import { saved, say, sure } from './say.js';

const MOST = 50;

/** @param {string} name @param {string} content */
function download(name, content) {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
  make('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** @param {HTMLElement} list @param {import('../shared/settings.js').Problem[]} problems */
export function listProblems(list, problems) {
  const shown = problems.slice(0, MOST).map(({ key, values }) => text(key, ...values));
  const more = problems.length - shown.length;
  if (more > 0) shown.push(text('options_problems_more', String(more)));
  list.replaceChildren(...shown.map((words) => make('li', {}, words)));
}

/** @param {File} file */
async function readFile(file) {
  // A file of many MB is not even read.
  const size = (file.size / 1e6).toFixed(1);
  if (file.size > LARGEST_FILE * 1e6) {
    const values = [size, String(LARGEST_FILE)];
    return { settings: null, sites: 0, problems: [{ key: 'problem_too_large', values }] };
  }
  const content = await file.text();
  let result = imported(content, defaults());
  if (result.settings !== null)
    await change((settings) => {
      result = imported(content, settings);
      Object.assign(settings, result.settings);
    });
  return result;
}

async function importFile() {
  const [file] = input('import').files ?? [];
  if (!file) return;
  const { settings, sites, problems } = await readFile(file);
  const done = problems.length > 0 ? 'options_imported_partly' : 'options_imported';
  byId('imported').textContent = settings
    ? text(done, String(sites))
    : text('options_not_imported');
  listProblems(byId('problems'), problems);
  // The same file can be chosen again.
  input('import').value = '';
}

async function reset() {
  if (!(await sure(text('options_reset_sure'), text('options_reset')))) return;
  await change((settings) => Object.assign(settings, defaults()));
  await clearKept();
  byId('imported').textContent = '';
  byId('problems').replaceChildren();
  say(text('options_reset_done'));
}

export async function drawSync() {
  const { sync } = await read();
  const { at, left, error, future } = await syncState();
  const date = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' });
  let words = '';
  if (future) words = text('options_sync_future');
  else if (error !== '') words = text('options_sync_failed', error);
  else if (left > 0) words = text('options_sync_partly', date.format(at), String(left));
  else if (at > 0) words = text('options_sync_done', date.format(at));
  byId('sync-state').textContent = sync ? words : '';
  byId('sync-state').classList.toggle('wrong', future || error !== '' || left > 0);
}

/** Settings of a later version can be saved as they are, and left behind. */
function followFuture() {
  byId('future-save').addEventListener('click', async () => {
    const { settings } = await chrome.storage.local.get('settings');
    download('fold-appeals-settings.json', JSON.stringify(settings, null, 2));
  });
  byId('future-start').addEventListener('click', async () => {
    const { settings } = await chrome.storage.local.get('settings');
    await chrome.storage.local.set({ 'settings:later': settings });
    await chrome.storage.local.remove('settings');
    saved();
  });
}

export function followBackup() {
  byId('export').addEventListener('click', async () =>
    download('fold-appeals-settings.json', exported(await read())),
  );
  byId('import').addEventListener('change', importFile);
  byId('reset').addEventListener('click', reset);
  followFuture();
}
