// The popup: what happened on this page, and the switches.
import { change, isOn, read, siteOf } from '../shared/settings.js';

/** @type {(key: string, ...values: string[]) => string} */
const text = (key, ...values) => chrome.i18n.getMessage(key, values);

/** @template {HTMLElement} T @param {string} id @returns {T} */
const byId = (id) => /** @type {T} */ (document.getElementById(id));

/** @typedef {{ tab: chrome.tabs.Tab | undefined, report: PageReport | null, access: boolean }} Situation */

/** The tab this popup speaks about: the active one, or the one named in the address. */
async function findTab() {
  const named = new URLSearchParams(location.search).get('tab');
  if (named) return chrome.tabs.get(Number(named));
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  return tab;
}

/** @param {chrome.tabs.Tab | undefined} tab @param {ToPage} message @returns {Promise<PageReport | null>} */
async function tell(tab, message) {
  if (tab?.id === undefined) return null;
  try {
    return await chrome.tabs.sendMessage(tab.id, message, { frameId: 0 });
  } catch {
    return null; // no content script there
  }
}

/** What access to a tab's page means. @param {chrome.tabs.Tab | undefined} tab @returns {string[]} */
function originsOf(tab) {
  // Without access the browser hides the address too.
  if (tab && tab.url === undefined) return ['http://*/*', 'https://*/*'];
  return tab?.url && siteOf(tab.url) ? [`${new URL(tab.url).origin}/*`] : [];
}

/** @returns {Promise<Situation>} */
async function look() {
  const tab = await findTab();
  const report = await tell(tab, { type: 'report' });
  const origins = originsOf(tab);
  const access =
    report !== null || origins.length === 0 || (await chrome.permissions.contains({ origins }));
  return { tab, report, access };
}

/** @param {Situation} situation @returns {string} */
function sentence({ tab, report, access }) {
  if (report) {
    if (report.state === 'left_alone' || report.kind === 'empty')
      return text(`left_alone_${report.kind}`);
    if (report.state !== 'working') return text(`state_${report.state}`);
    const folded = report.folds.filter((f) => !f.shown).length;
    if (folded === 0)
      return text(report.folds.length > 0 ? 'state_working_shown' : 'state_nothing');
    return folded === 1 ? text('state_working_one') : text('state_working_many', String(folded));
  }
  if (!access) return text('state_no_access');
  return text(tab?.url && siteOf(tab.url) ? 'state_reload' : 'state_not_web');
}

/** @param {FoldReport} fold @param {chrome.tabs.Tab | undefined} tab */
function item(fold, tab) {
  const row = document.createElement('li');
  const words = document.createElement('p');
  words.className = 'text';
  words.append(fold.text);
  const why = document.createElement('p');
  why.className = 'why';
  const reasons = fold.reasons.map((r) => text(`reason_${r.key}`)).filter(Boolean);
  if (reasons.length > 0)
    why.append(text('popup_because', new Intl.ListFormat(undefined).format(reasons)));
  const button = document.createElement('button');
  button.type = 'button';
  button.append(text(fold.shown ? 'popup_hide' : 'popup_show'));
  button.addEventListener('click', async () => {
    await tell(tab, { type: fold.shown ? 'hide' : 'show', id: fold.id });
    await draw();
    byId('folds').querySelectorAll('button')[index(row)]?.focus();
  });
  row.append(words, why, button);
  return row;
}

/** @param {Element} row */
function index(row) {
  const rows = lastRows;
  return Math.max(0, rows.indexOf(row));
}
/** @type {Element[]} */
let lastRows = [];
/** @type {chrome.tabs.Tab | undefined} */
let shownTab;

async function draw() {
  const [situation, settings] = await Promise.all([look(), read()]);
  const { tab, report, access } = situation;
  shownTab = tab;
  byId('state').textContent = sentence(situation);
  byId('grant-row').hidden = access;
  const site = report?.site ?? (tab?.url ? siteOf(tab.url) : null);
  byId('site-row').hidden = !site;
  byId('site').textContent = site ? `(${site})` : '';
  const siteSwitch = /** @type {HTMLInputElement} */ (byId('site-switch'));
  siteSwitch.checked = site !== null && isOn({ ...settings, enabled: true }, site);
  siteSwitch.disabled = !settings.enabled;
  /** @type {HTMLInputElement} */ (byId('everywhere-switch')).checked = settings.enabled;
  byId('show-all-row').hidden = (report?.folds ?? []).filter((f) => !f.shown).length < 2;
  lastRows = (report?.folds ?? []).map((fold) => item(fold, tab));
  byId('folds').replaceChildren(...lastRows);
}

for (const element of document.querySelectorAll('[data-text]'))
  element.textContent = text(element.getAttribute('data-text') ?? '');
document.documentElement.lang = chrome.i18n.getUILanguage();
document.documentElement.dir = text('@@bidi_dir');

byId('site-switch').addEventListener('change', async (event) => {
  const on = /** @type {HTMLInputElement} */ (event.target).checked;
  const { tab, report } = await look();
  const site = report?.site ?? (tab?.url ? siteOf(tab.url) : null);
  if (!site) return;
  await change((settings) => {
    if (on) delete settings.sites[site];
    else settings.sites[site] = false;
  });
});
byId('everywhere-switch').addEventListener('change', async (event) => {
  const on = /** @type {HTMLInputElement} */ (event.target).checked;
  await change((settings) => {
    settings.enabled = on;
  });
});
byId('show-all').addEventListener('click', async () => {
  const { tab } = await look();
  await tell(tab, { type: 'show-all' });
  await draw();
});
byId('grant').addEventListener('click', async () => {
  // Asked at once: after a pause the browser no longer sees the click.
  await chrome.permissions.request({ origins: originsOf(shownTab) });
  await draw();
});

// A page that folds, and a choice made elsewhere, show here at once.
chrome.runtime.onMessage.addListener((message) => {
  if (message?.type === 'count') draw();
});
chrome.storage.onChanged.addListener(() => draw());
draw();
