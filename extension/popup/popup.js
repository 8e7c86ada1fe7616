// The popup: what happened on this page, and the switches.
import { byId, input } from '../shared/dom.js';
import { change, choose, isChosen, isOn, readChecked, siteOf } from '../shared/settings.js';
import { fillIn, speak, text } from '../shared/words.js';
import { item } from './item.js';
import { look, originsOf, tell } from './situation.js';

/** @typedef {import('./situation.js').Situation} Situation */

/** Milliseconds. */
const AGAIN = 300;

/** What is shown now; a click acts on it at once. @type {Situation | undefined} */
let shown;

/** @param {Situation} situation @param {Settings} settings @returns {string} */
function sentence({ tab, report, access }, settings) {
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
  if (!tab?.url || !siteOf(tab.url)) return text('state_not_web');
  return text(settings.enabled ? 'state_reload' : 'state_off');
}

/** @param {Situation} situation */
function siteShown({ tab, report }) {
  return report?.site ?? (tab?.url ? siteOf(tab.url) : null);
}

/** @param {Settings} settings @param {string | null} site */
function icon(settings, site) {
  if (!settings.enabled) return 'paused';
  return site === null || isOn(settings, site) ? 'on' : 'off';
}

/** Where readers can give: only a web address counts. @param {FoldReport[]} folds */
function supportLink(folds) {
  return folds.map((fold) => fold.support ?? '').find((link) => siteOf(link) !== null);
}

async function draw() {
  const [situation, { settings, future }] = await Promise.all([look(), readChecked()]);
  shown = situation;
  const { report, access } = situation;
  const folds = report?.folds ?? [];
  const site = siteShown(situation);
  byId('state').textContent = sentence(situation, settings);
  byId('future').hidden = !future;
  byId('icon').setAttribute('src', `../icons/${icon(settings, site)}-48.png`);
  byId('grant-row').hidden = access;
  byId('site-row').hidden = !site;
  byId('site').textContent = site;
  input('site-switch').checked = site !== null && isChosen(settings, site);
  input('site-switch').disabled = !settings.enabled || future;
  input('everywhere-switch').checked = !settings.enabled;
  input('everywhere-switch').disabled = future;
  drawFolds(folds);
  // A page that is still looked at does not say when that ends without a fold.
  if (report?.state === 'starting') setTimeout(draw, AGAIN);
}

/** @param {FoldReport[]} folds */
function drawFolds(folds) {
  const focused = document.activeElement?.closest('li');
  const rows = [...byId('folds').children];
  const row = focused ? rows.indexOf(focused) : -1;
  const action = document.activeElement?.getAttribute('data-action');
  byId('folded').hidden = folds.length === 0;
  byId('show-all').hidden = folds.filter((f) => !f.shown).length < 2;
  byId('folds').replaceChildren(...folds.map((fold) => item(fold, act)));
  const support = supportLink(folds);
  byId('support-row').hidden = support === undefined;
  if (support) byId('support').setAttribute('href', support);
  if (row < 0) return;
  // Drawing anew must not take the focus away.
  const list = byId('folds').children;
  const next = list[Math.min(row, list.length - 1)];
  /** @type {HTMLElement | null | undefined} */
  const button = next?.querySelector(`[data-action="${action}"]`) ?? next?.querySelector('button');
  button?.focus();
}

/** @param {ToPage} message */
async function act(message) {
  await tell(shown?.tab, message);
  await draw();
}

input('site-switch').addEventListener('change', async () => {
  const site = shown && siteShown(shown);
  if (site) await change((settings) => choose(settings, site, input('site-switch').checked));
});
input('everywhere-switch').addEventListener('change', () =>
  change((settings) => {
    settings.enabled = !input('everywhere-switch').checked;
  }),
);
byId('show-all').addEventListener('click', () => act({ type: 'show-all' }));
byId('grant').addEventListener('click', async () => {
  // Asked at once: after a pause the browser no longer sees the click.
  await chrome.permissions.request({ origins: originsOf(shown?.tab) });
  await draw();
});
byId('options').addEventListener('click', (event) => {
  event.preventDefault();
  chrome.runtime.openOptionsPage().then(() => window.close());
});

// A page that folds, and a choice made elsewhere, show here at once.
chrome.runtime.onMessage.addListener((message) => {
  if (message?.type === 'count') draw();
});
chrome.storage.onChanged.addListener(() => draw());
await speak();
fillIn();
await draw();
